import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useAddress, type AddressValues } from './address';

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

/** Where a person is in a long list: page, search, filters and order. All of it stands in the address of the page. */
export interface ListState<Field extends string = string> {
  size: number;
  /** From 0. */
  page: ComputedRef<number>;
  /** What is in the search field; `search` follows it after a short pause. */
  searchText: ShallowRef<string>;
  searchFor: (text: string) => void;
  search: ComputedRef<string>;
  sort: ComputedRef<Sort<Field> | undefined>;
  after: ComputedRef<string | undefined>;
  next: (endCursor: string) => void;
  previous: () => void;
  /** Back to the first page. */
  restart: () => void;
  /** Sorts by a field; once more turns the order round. */
  sortBy: (field: Field) => void;
  /** Further values in the address by which the list is filtered. */
  filters: Readonly<ShallowRef<AddressValues>>;
  /** Sets some filters, or with undefined drops them. */
  filterBy: (filters: AddressValues) => void;
}

const typingPause = 250;
const firstPage = { after: undefined, page: undefined } as const;

/** The state of the list that a page is about. A new search, filter or order starts at the first page. Call it in `setup`. */
export function useList<Field extends string = never>(usual?: Sort<Field>, size = 50): ListState<Field> {
  const { values, memory, change } = useAddress();
  const search = computed(() => values.value['search'] ?? '');
  const searchText = shallowRef(search.value);
  const sort = computed(() => sortOf<Field>(values.value['sort']) ?? usual);
  const after = computed(() => values.value['after']);
  /** Where the pages before this one begin after, the first one left out. Nobody knows them who came by a link. */
  const earlier = computed(() => cursorsOf(memory.value));
  let timer: ReturnType<typeof setTimeout> | undefined;

  // Not while it is what is being typed: a space at the end would vanish.
  watch(search, (now) => {
    if (searchText.value.trim() !== now) searchText.value = now;
  });
  onScopeDispose(() => clearTimeout(timer));

  return {
    size,
    page: computed(() => pageOf(values.value)),
    searchText,
    search,
    searchFor(text) {
      searchText.value = text;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const wanted = text.trim();
        if (wanted !== search.value)
          change({ search: wanted || undefined, ...firstPage }, { replace: search.value !== '' });
      }, typingPause);
    },
    sort,
    after,
    next(endCursor) {
      const page = String(pageOf(values.value) + 2);
      change({ after: endCursor, page }, { memory: after.value ? [...earlier.value, after.value] : [] });
    },
    previous() {
      const page = pageOf(values.value);
      const cursor = earlier.value.at(-1);
      if (cursor === undefined) change(firstPage);
      else change({ after: cursor, page: String(page) }, { memory: earlier.value.slice(0, -1) });
    },
    restart: () => change(firstPage),
    sortBy(field) {
      const again = sort.value?.field === field && sort.value.direction === 'ASCENDING';
      change({ sort: again ? `-${field}` : field, ...firstPage });
    },
    filters: values,
    filterBy: (filters) => change({ ...filters, ...firstPage }),
  };
}

function sortOf<Field extends string>(text: string | undefined): Sort<Field> | undefined {
  if (!text) return undefined;
  const descending = text.startsWith('-');
  return {
    field: (descending ? text.slice(1) : text) as Field,
    direction: descending ? 'DESCENDING' : 'ASCENDING',
  };
}

function pageOf({ after, page }: AddressValues): number {
  const number = Number(page);
  return after !== undefined && Number.isSafeInteger(number) && number > 1 ? number - 1 : 0;
}

const cursorsOf = (memory: unknown): string[] =>
  Array.isArray(memory) ? memory.filter((each): each is string => typeof each === 'string') : [];
