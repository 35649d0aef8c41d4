import { shallowRef, type ShallowRef } from 'vue';

/** A place in an area, among those that are not dragged. */
export interface DropPlace {
  area: string;
  index: number;
}

export interface Dragging {
  /** Key of the application under the mouse. */
  dragged: ShallowRef<string | undefined>;
  /** Where it would land now. */
  place: ShallowRef<DropPlace | undefined>;
  start: (event: DragEvent, key: string) => void;
  over: (event: DragEvent, area: string) => void;
  drop: (event: DragEvent) => void;
  end: () => void;
}

/** Dragging applications with the mouse; the elements that can be passed carry `data-application`. */
export function useDragging(moveTo: (key: string, area: string, index: number) => void): Dragging {
  const dragged = shallowRef<string>();
  const place = shallowRef<DropPlace>();

  function end(): void {
    dragged.value = place.value = undefined;
  }

  return {
    dragged,
    place,
    end,
    start(event, key) {
      dragged.value = key;
      // Some browsers drag nothing that carries nothing.
      event.dataTransfer?.setData('text/plain', key);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    over(event, area) {
      const section = event.currentTarget;
      if (dragged.value === undefined || !(section instanceof HTMLElement)) return;
      event.preventDefault();
      const index = placesAbove(section, event.clientY, dragged.value);
      if (place.value?.area !== area || place.value.index !== index) place.value = { area, index };
    },
    drop(event) {
      if (dragged.value === undefined) return;
      event.preventDefault();
      if (place.value) moveTo(dragged.value, place.value.area, place.value.index);
      end();
    },
  };
}

/** How many applications, without the dragged one, have their middle above a point. */
function placesAbove(section: HTMLElement, y: number, dragged: string): number {
  return [...section.querySelectorAll<HTMLElement>('[data-application]')].filter((card) => {
    const { top, height } = card.getBoundingClientRect();
    return card.dataset['application'] !== dragged && top + height / 2 < y;
  }).length;
}
