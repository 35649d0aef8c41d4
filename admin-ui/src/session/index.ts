export { useSession, type Membership, type Session, type Viewer } from './session';
export { useUnit, type CurrentUnit } from './useUnit';
export { useUnsaved, type Unsaved } from './unsaved';
export { useTheme, themes, type Theme } from './theme';
export { useImportInThisTab } from './own-import';
export { useSafeMode, type ActiveSafeMode, type CurrentSafeMode } from './safe-mode';
