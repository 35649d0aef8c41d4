import { inject, readonly, shallowRef, type InjectionKey, type Ref } from 'vue';

/** Whether the server can be reached, as the last request or the WebSocket found it. */
export interface Connection {
  readonly lost: Readonly<Ref<boolean>>;
  noteLost: () => void;
  noteBack: () => void;
  /** Calls `listener` each time the server answers again after it was lost; returns how to stop. */
  onBack(listener: () => void): () => void;
}

export const connectionKey: InjectionKey<Connection> = Symbol('connection');

export function createConnection(): Connection {
  const lost = shallowRef(false);
  const listeners = new Set<() => void>();
  return {
    lost: readonly(lost),
    noteLost() {
      lost.value = true;
    },
    noteBack() {
      if (!lost.value) return;
      lost.value = false;
      for (const listener of listeners) listener();
    },
    onBack(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The connection of this console. Call it in `setup`. */
export function useConnection(): Connection {
  const connection = inject(connectionKey);
  if (!connection) throw new Error('No connection was provided.');
  return connection;
}
