import type { RouteLocationRaw } from 'vue-router';
import type { TaskRow } from './types';

/** The page of the object that a change is about; none where the change takes it away. */
export function pageOf({
  operation,
  target: { type, id },
}: Pick<TaskRow, 'operation' | 'target'>): RouteLocationRaw | undefined {
  if (operation === 'DELETE') return undefined;
  switch (type) {
    case 'PLUGIN':
      return { name: 'plugin', params: { id } };
    case 'WORKSPACE':
      return { name: 'edit-workspace', params: { id } };
    case 'PROFILE':
      return { name: 'edit-profile', params: { id } };
    case 'CONFIG_KEY':
      return { name: 'edit-config-key', params: { key: id } };
  }
}
