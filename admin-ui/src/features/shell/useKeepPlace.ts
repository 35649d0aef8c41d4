import { onScopeDispose, watch, type ShallowRef } from 'vue';

type Box = Readonly<ShallowRef<HTMLElement | null | undefined>>;

/**
 * What comes and goes above the page moves it down and up. Whoever has scrolled keeps their place: the content
 * under their eyes stays where it is. Call it in `setup`.
 */
export function useKeepPlace(above: Box, content: Box): void {
  let observer: ResizeObserver | undefined;
  watch(
    above,
    (box) => {
      observer?.disconnect();
      if (!box) return;
      let height = box.offsetHeight;
      observer = new ResizeObserver(() => {
        const moved = box.offsetHeight - height;
        height += moved;
        if (content.value && content.value.scrollTop > 0) content.value.scrollTop += moved;
      });
      observer.observe(box);
    },
    { immediate: true, flush: 'post' },
  );
  onScopeDispose(() => observer?.disconnect());
}
