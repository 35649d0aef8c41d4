import { inject, readonly, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

/** What became of something, said in passing. */
export interface Toast {
  id: number;
  text: string;
}

/**
 * Tells results that need no answer and are not needed later. What went wrong, or must be dealt with, belongs on the page:
 * a toast goes away by itself.
 */
export interface Toasts {
  /** The newest last. */
  shown: Readonly<ShallowRef<readonly Toast[]>>;
  say: (text: string) => void;
  dismiss: (id: number) => void;
  /** When those go who may read them. */
  clear: () => void;
}

export const toastsKey: InjectionKey<Toasts> = Symbol('toasts');

/** More than these nobody reads. */
const most = 3;

export function createToasts(): Toasts {
  const shown = shallowRef<readonly Toast[]>([]);
  let lastId = 0;
  return {
    shown: readonly(shown),
    say(text) {
      // Said twice, it stands there once, and is new again.
      const others = shown.value.filter((toast) => toast.text !== text);
      shown.value = [...others, { id: ++lastId, text }].slice(-most);
    },
    dismiss: (id) => (shown.value = shown.value.filter((toast) => toast.id !== id)),
    clear: () => (shown.value = []),
  };
}

/** Call it in `setup`. */
export function useToasts(): Toasts {
  const toasts = inject(toastsKey);
  if (!toasts) throw new Error('No toasts were provided.');
  return toasts;
}
