import { numberOf } from '../../texts';

export const changesText = numberOf('change', 'changes');

export const conflictsText = numberOf('conflict', 'conflicts');
