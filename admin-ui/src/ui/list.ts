import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';

export interface ListColumn<Field extends string = string> {
  key: string;
  label: string;
  /** The server's name of the field to sort by; without it the column does not sort. */
  sort?: Field;
  class?: string;
  /** The label is only for screen readers. */
  hiddenLabel?: boolean;
}

export interface Sort<Field extends string = string> {
  field: Field;
  direction: 'ASCENDING' | 'DESCENDING';
}

/** Where a person is in a long list: page, search and order. */
export interface ListState<Field extends string = string> {
  size: number;
  page: ComputedRef<number>;
  /** What is in the search field; `search` follows it after a short pause. */
  searchText: ShallowRef<string>;
  searchFor: (text: string) => void;
  search: ShallowRef<string>;
  sort: ShallowRef<Sort<Field> | undefined>;
  after: ComputedRef<string | undefined>;
  next: (endCursor: string) => void;
  previous: () => void;
  /** Back to the first page. */
  restart: () => void;
  /** Sorts by a field; once more turns the order round. */
  sortBy: (field: Field) => void;
}

const typingPause = 250;

/** The state of one list on the screen. A new search or order starts at the first page. */
export function useList<Field extends string = never>(sort?: Sort<Field>, size = 50): ListState<Field> {
  const cursors = shallowRef<string[]>([]);
  const searchText = shallowRef('');
  const search = shallowRef('');
  const order = shallowRef<Sort<Field> | undefined>(sort);
  let timer: ReturnType<typeof setTimeout> | undefined;

  watch([search, order], () => (cursors.value = []), { flush: 'sync' });

  return {
    size,
    page: computed(() => cursors.value.length),
    searchText,
    search,
    searchFor(text) {
      searchText.value = text;
      clearTimeout(timer);
      timer = setTimeout(() => (search.value = text.trim()), typingPause);
    },
    sort: order,
    after: computed(() => cursors.value.at(-1)),
    next: (endCursor) => (cursors.value = [...cursors.value, endCursor]),
    restart: () => (cursors.value = []),
    previous: () => (cursors.value = cursors.value.slice(0, -1)),
    sortBy(field) {
      const again = order.value?.field === field && order.value.direction === 'ASCENDING';
      order.value = { field, direction: again ? 'DESCENDING' : 'ASCENDING' };
    },
  };
}
