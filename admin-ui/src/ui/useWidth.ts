import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

/** How wide an element is, in CSS pixels; 0 before it is there. Call it in `setup`. */
export function useWidth(element: Readonly<Ref<HTMLElement | null>>): ShallowRef<number> {
  const width = shallowRef(0);
  const observer = new ResizeObserver(([entry]) => (width.value = entry?.contentRect.width ?? 0));
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before);
      if (!now) return;
      width.value = now.clientWidth;
      observer.observe(now);
    },
    { flush: 'post' },
  );
  onScopeDispose(() => observer.disconnect());
  return width;
}
