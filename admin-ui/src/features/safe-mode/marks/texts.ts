import type { Mark } from './marks';

export const markTexts: Record<Mark, string> = {
  NEW: 'new',
  CHANGED: 'changed',
  IN_CONFLICT: 'in conflict',
};
