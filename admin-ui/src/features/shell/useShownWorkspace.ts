import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';

/** Pages that are about the one workspace that their address names. */
const pages = ['workspace', 'applications', 'edit-workspace'];

/** Id of the workspace that the page on the screen is about. */
export function useShownWorkspace(): ComputedRef<string | undefined> {
  const route = useRoute();
  return computed(() => (pages.includes(String(route.name)) ? String(route.params['id']) : undefined));
}
