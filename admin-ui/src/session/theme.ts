import { inject, shallowRef, watchEffect, type InjectionKey, type ShallowRef } from 'vue';

export type Theme = 'light' | 'dark' | 'system';
export const themes: Theme[] = ['light', 'dark', 'system'];

export const themeKey: InjectionKey<ShallowRef<Theme>> = Symbol('theme');

const storageKey = 'safeboard.theme';

/** The chosen theme; setting it changes the page at once and is remembered in this browser. */
export function createTheme(): ShallowRef<Theme> {
  const theme = shallowRef(remembered());
  const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
  const dark = shallowRef(systemIsDark.matches);
  systemIsDark.addEventListener('change', ({ matches }) => (dark.value = matches));
  watchEffect(() => {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && dark.value);
    document.documentElement.classList.toggle('dark', isDark);
    document.documentElement.classList.toggle('light', !isDark);
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
    remember(theme.value);
  });
  return theme;
}

/** The theme of this console. Call it in `setup`. */
export function useTheme(): ShallowRef<Theme> {
  const theme = inject(themeKey);
  if (!theme) throw new Error('No theme was provided.');
  return theme;
}

function remembered(): Theme {
  try {
    const value = localStorage.getItem(storageKey);
    return themes.find((theme) => theme === value) ?? 'system';
  } catch {
    return 'system';
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Without storage the theme lasts for this visit only.
  }
}
