import { onScopeDispose, watch, type ShallowRef } from 'vue';

type Box = Readonly<ShallowRef<HTMLElement | null | undefined>>;

/**
 * What comes and goes above the page moves it down and up. Whoever has scrolled keeps their place: the content
 * under their eyes stays where it is. Call it in `setup`.
 */
export function useKeepPlace(above: Box, content: Box): void {
  let stop: (() => void) | undefined;
  watch(
    [above, content],
    ([box, scrolled]) => {
      stop?.();
      stop = box && scrolled ? keepPlace(box, scrolled) : undefined;
    },
    { immediate: true, flush: 'post' },
  );
  onScopeDispose(() => stop?.());
}

function keepPlace(above: HTMLElement, content: HTMLElement): () => void {
  let height = above.offsetHeight;
  let place = content.scrollTop;
  const remember = () => {
    // At the end of a page that grows the browser scrolls by itself, before the change is noticed below.
    if (above.offsetHeight === height) place = content.scrollTop;
  };
  const observer = new ResizeObserver(() => {
    const moved = above.offsetHeight - height;
    height += moved;
    if (place > 0) content.scrollTop = place + moved;
  });
  content.addEventListener('scroll', remember, { passive: true });
  observer.observe(above);
  return () => {
    content.removeEventListener('scroll', remember);
    observer.disconnect();
  };
}
