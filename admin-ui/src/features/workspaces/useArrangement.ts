import { shallowRef, type ModelRef, type ShallowRef } from 'vue';
import { newId } from '../../forms/new-id';
import { inArea, inShownAreas, moved, type EditedApplication } from './applications';
import { arrangingTexts } from './arranging-texts';
import { areaLabel, layoutOf } from './layouts';

/** Where an arrow key sends an application: a place on, within its area or across its edge, or an area on. */
export type Step = 'up' | 'down' | 'before' | 'after';

export interface Arrangement {
  /** What happened last, for those who do not see it. */
  announcement: ShallowRef<string>;
  inside: (area: string) => EditedApplication[];
  add: (pluginId: string, area: string) => void;
  remove: (application: EditedApplication) => void;
  configure: (key: string, configuration: unknown) => void;
  /** To a place among the others of an area. */
  moveTo: (key: string, area: string, index: number) => void;
  step: (key: string, step: Step) => void;
}

/** What can be done with the applications of a workspace while it is arranged. Everything is announced. */
export function useArrangement(
  applications: ModelRef<EditedApplication[]>,
  layout: () => string,
  nameOf: (pluginId: string) => string,
): Arrangement {
  const announcement = shallowRef('');
  const inside = (area: string) => inArea(applications.value, area, layout());

  function moveTo(key: string, area: string, index: number): void {
    const arranged = moved(inShownAreas(applications.value, layout()), key, area, index);
    applications.value = arranged;
    // The model itself holds it only after its owner has taken it over.
    const among = inArea(arranged, area, layout());
    const place = among.findIndex((each) => each.key === key);
    const name = nameOf(among[place]?.pluginId ?? '');
    announcement.value = arrangingTexts.movedTo(name, areaLabel(area), place + 1, among.length);
  }

  function step(key: string, wanted: Step): void {
    const { areas } = layoutOf(layout());
    const at = areas.findIndex((area) => inside(area).some((each) => each.key === key));
    const here = inside(areas[at] ?? '');
    const index = here.findIndex((each) => each.key === key);
    const forward = wanted === 'down' || wanted === 'after';
    const within = index + (forward ? 1 : -1);
    if ((wanted === 'up' || wanted === 'down') && here[within]) return moveTo(key, areas[at] ?? '', within);
    const next = areas[at + (forward ? 1 : -1)];
    if (next === undefined) {
      const name = nameOf(here[index]?.pluginId ?? '');
      announcement.value = forward ? arrangingTexts.atEnd(name) : arrangingTexts.atBeginning(name);
    } else if (wanted === 'up') moveTo(key, next, inside(next).length);
    else if (wanted === 'down') moveTo(key, next, 0);
    else moveTo(key, next, Math.min(index, inside(next).length));
  }

  return {
    announcement,
    inside,
    moveTo,
    step,
    add(pluginId, area) {
      applications.value = [...applications.value, { key: newId(), pluginId, area, configuration: {} }];
      announcement.value = arrangingTexts.addedTo(nameOf(pluginId), areaLabel(area));
    },
    remove({ key, pluginId }) {
      applications.value = applications.value.filter((each) => each.key !== key);
      announcement.value = arrangingTexts.removed(nameOf(pluginId));
    },
    configure(key, configuration) {
      applications.value = applications.value.map((each) =>
        each.key === key ? { ...each, configuration } : each,
      );
    },
  };
}
