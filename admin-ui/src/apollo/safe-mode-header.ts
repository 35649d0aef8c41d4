import { inject, readonly, shallowRef, type InjectionKey, type Ref } from 'vue';

/** What the header says where requests mean what is live. */
const live = 'none';

/**
 * Which configuration the requests of this tab mean: a safe mode's, or what is live. Every request says so in the
 * header X-Safe-Mode. Answers to requests that said something else never count as answers to the present ones.
 */
export interface SafeModeHeader {
  /** The id of a safe mode, or `none`. */
  readonly value: string;
  /** The id of the safe mode; undefined for what is live. */
  readonly safeModeId: string | undefined;
  /** Another number each time the header changes. */
  readonly turn: Readonly<Ref<number>>;
  /** Names a safe mode; undefined for what is live. */
  name: (safeModeId: string | undefined) => void;
  /** Calls `listener` right after each change; returns how to stop. */
  onChange: (listener: () => void) => () => void;
}

export const safeModeHeaderKey: InjectionKey<SafeModeHeader> = Symbol('safe mode header');

export function createSafeModeHeader(): SafeModeHeader {
  const listeners = new Set<() => void>();
  const turn = shallowRef(0);
  let named: string | undefined;
  return {
    get value() {
      return named ?? live;
    },
    get safeModeId() {
      return named;
    },
    turn: readonly(turn),
    name(safeModeId) {
      if (safeModeId === named) return;
      named = safeModeId;
      turn.value++;
      for (const listener of [...listeners]) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The header of this tab's requests. Call it in `setup`. */
export function useSafeModeHeader(): SafeModeHeader {
  const header = inject(safeModeHeaderKey);
  if (!header) throw new Error('No safe mode header was provided.');
  return header;
}
