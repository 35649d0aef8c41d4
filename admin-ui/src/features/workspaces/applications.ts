import type { PlacedApplicationFragment } from '../../apollo/generated/graphql';
import { layoutOf } from './layouts';

export type PlacedPlugin = PlacedApplicationFragment['plugin'];

/** An application while it is edited. `id` is missing until it is saved; `key` tells it apart on the screen. */
export interface EditedApplication {
  key: string;
  id?: string;
  pluginId: string;
  area: string;
  position?: number;
  configuration: unknown;
}

/** What the server takes for one application. */
export interface ApplicationToSave {
  id?: string;
  pluginId: string;
  area: string;
  position: number;
  configuration: unknown;
}

/** The stored applications in the order in which they show. */
export function editedApplications(placed: readonly PlacedApplicationFragment[]): EditedApplication[] {
  return inOrder(placed).map(({ id, plugin, area, position, configuration }) => ({
    key: id,
    id,
    pluginId: plugin.id,
    area,
    position,
    configuration,
  }));
}

/** By position, and by id where two have the same. */
export function inOrder<Placed extends { id: string; position: number }>(
  placed: readonly Placed[],
): Placed[] {
  return [...placed].sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
}

/** Those of one area, in order. What stands in an area that the layout lacks shows in the first one. */
export function inArea<Placed extends { area: string }>(
  placed: readonly Placed[],
  area: string,
  layoutName: string,
): Placed[] {
  const { areas } = layoutOf(layoutName);
  return placed.filter((each) => (areas.includes(each.area) ? each.area : areas[0]) === area);
}

/** The applications in the areas in which they show. */
export function inShownAreas(
  applications: readonly EditedApplication[],
  layoutName: string,
): EditedApplication[] {
  const { areas } = layoutOf(layoutName);
  return applications.map((each) => (areas.includes(each.area) ? each : { ...each, area: areas[0] ?? '' }));
}

/** Moves an application to a place among those of an area; `index` counts without the moved one. */
export function moved(
  applications: readonly EditedApplication[],
  key: string,
  area: string,
  index: number,
): EditedApplication[] {
  const moving = applications.find((each) => each.key === key);
  if (!moving) return [...applications];
  const others = applications.filter((each) => each !== moving);
  const before = others.filter((each) => each.area === area)[index];
  const at = before ? others.indexOf(before) : others.length;
  return [...others.slice(0, at), { ...moving, area }, ...others.slice(at)];
}

/**
 * The applications with positions that give their order on the screen. A position is kept wherever the order
 * allows it, because others may be editing the same workspace.
 */
export function withPositions(applications: readonly EditedApplication[]): ApplicationToSave[] {
  const last = new Map<string, { position: number; id: string }>();
  return applications.map(({ id, pluginId, area, position, configuration }) => {
    const before = last.get(area);
    const kept = position !== undefined && id !== undefined && comesAfter({ position, id }, before);
    const place = kept ? position : (before?.position ?? -1) + 1;
    last.set(area, { position: place, id: id ?? '' });
    return { id, pluginId, area, position: place, configuration };
  });
}

function comesAfter(
  one: { position: number; id: string },
  other: { position: number; id: string } | undefined,
): boolean {
  if (!other) return true;
  return one.position > other.position || (one.position === other.position && one.id > other.id);
}
