import {
  computed,
  ref,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type MaybeRefOrGetter,
  type Ref,
  type ShallowRef,
} from 'vue';
import { useUnsaved } from '../session';
import { sameJson } from '../ui/json-text';
import { mergedDraft } from './merged-draft';

/** What a form starts from: a plain JSON value, and the unit's revision that it was read at. */
export interface DraftSource<Value> {
  value: Value;
  revision: number | undefined;
}

export interface Draft<Value> {
  /** The form's own copy; undefined until the source is there. */
  draft: Ref<Value | undefined>;
  /** True while the form differs from what it started from. */
  dirty: ComputedRef<boolean>;
  /** True when the source moved under unsaved input. */
  moved: ShallowRef<boolean>;
  /** The revision that the form's starting values were read at: `basedOnRevision` of a save. */
  revision: ShallowRef<number | undefined>;
  /** Starts again from the newest source; what was typed is dropped. */
  reset: () => void;
  /** After a save: what is in the form now is what it started from. */
  accept: () => void;
  /** Keeps what was typed, but as an edit of the newest source: a save then overwrites what others changed. */
  rebase: () => void;
}

/**
 * A copy of what the server said, for a form to edit. It follows the source while nothing is typed, keeps what
 * is typed when the source moves, and counts as unsaved input until saved or reset.
 */
export function useDraft<Value>(source: MaybeRefOrGetter<DraftSource<Value> | undefined>): Draft<Value> {
  const draft: Ref<Value | undefined> = ref();
  const start = shallowRef<Value>();
  const revision = shallowRef<number>();
  const moved = shallowRef(false);
  const dirty = computed(() => draft.value !== undefined && !sameJson(draft.value, start.value));

  function reset(): void {
    const newest = toValue(source);
    if (!newest) return;
    start.value = copyOf(newest.value);
    draft.value = copyOf(newest.value);
    revision.value = newest.revision;
    moved.value = false;
  }

  /** Untouched fields follow the source, touched ones stay; only where both moved there is something to decide. */
  function follow(newest: DraftSource<Value> | undefined): void {
    if (!newest) return;
    if (start.value === undefined || !dirty.value) return reset();
    const merged = mergedDraft(start.value, draft.value, newest.value);
    if (merged === undefined) {
      moved.value = true;
      return;
    }
    draft.value = copyOf(merged);
    start.value = copyOf(newest.value);
    revision.value = newest.revision;
    moved.value = false;
  }

  watch(() => toValue(source), follow, { immediate: true });
  useUnsaved(() => dirty.value);

  return {
    draft,
    dirty,
    moved,
    revision,
    reset,
    accept() {
      const newest = toValue(source);
      if (moved.value && newest) reset();
      else start.value = copyOf(draft.value as Value);
    },
    rebase() {
      const newest = toValue(source);
      if (!newest) return;
      start.value = copyOf(newest.value);
      revision.value = newest.revision;
      moved.value = false;
    },
  };
}

function copyOf<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
