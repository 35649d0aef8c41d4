import { shallowRef, type ShallowRef } from 'vue';
import { useUnsaved } from '../../session';

/** The last moment of an import: what it says before the page is loaded anew. */
export interface Landing {
  text: ShallowRef<string | undefined>;
  land: (text: string) => void;
}

/** Long enough to read two words, milliseconds. */
const readingTime = 1_000;

/** Says that the configuration was replaced, and reloads the browser. */
export function useLanding(): Landing {
  const unsaved = useUnsaved();
  const text = shallowRef<string>();
  return {
    text,
    land(words) {
      text.value = words;
      setTimeout(() => {
        unsaved.waived = true;
        window.location.reload();
      }, readingTime);
    },
  };
}
