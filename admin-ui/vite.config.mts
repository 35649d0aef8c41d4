import { fileURLToPath } from 'node:url';
import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';

const root = fileURLToPath(new URL('.', import.meta.url));
const solidWhileHovered = {
  primary: 'hover:bg-primary-800 active:bg-primary-800 dark:hover:bg-primary-300 dark:active:bg-primary-300',
  error: 'hover:bg-error-800 active:bg-error-800 dark:hover:bg-error-300 dark:active:bg-error-300',
};
/** What is needed together comes in one file: each costs the browser a request, and work of its own. */
const neededTogether = [
  { name: 'start', test: /src\/main\.ts$/, priority: 3 },
  { name: 'entering', test: /features\/sign-in\/(SignInForm|EntryCard)\.vue/, priority: 2 },
  // Not the pages among them, which the router loads by name.
  { name: 'shell', test: /features\/shell\/(?!AppShell|AdminSettings|NotFoundPage)/, priority: 1 },
  // Small things that many pages inside the shell use.
  {
    name: 'pages',
    test: /admin-ui\/src\//,
    minShareCount: 4,
    includeDependenciesRecursively: false,
    priority: 0,
  },
];
/** Every page needs these, but only the pages' own scripts say so, which come later. */
const neededByEveryPage = ['entering'];
/** Almost all that is in them runs at the start. */
const runAtOnce = [...neededTogether.map(({ name }) => name), 'AppShell', 'WorkspacePage', 'BackupPage'];
const api = 'http://127.0.0.1:4000';

export default defineConfig({
  root,
  plugins: [
    vue(),
    loadedFromTheStart(neededByEveryPage),
    compiledAtOnce(runAtOnce),
    // Beside each file as the server gives it out; what is small is not worth it.
    compression({ algorithms: ['brotliCompress', 'gzip'], include: /\.(js|css|svg)$/, threshold: 1000 }),
    ui({
      root,
      // Composables are imported by name, so that a reader sees where they come from.
      autoImport: false,
      components: { dts: 'components.d.ts' },
      // The console sets the theme itself, with a third choice "system".
      colorMode: false,
      experimental: { componentDetection: true },
      // Without the scan, icons would be fetched from the internet while the console runs.
      icon: {
        clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'], globExclude: [] }, sizeLimitKb: 0 },
      },
      ui: {
        colors: { primary: 'teal', secondary: 'indigo', neutral: 'slate' },
        button: {
          // Half-transparent while hovered, white text would lose its contrast.
          compoundVariants: (['primary', 'error'] as const).map((color) => ({
            color,
            variant: 'solid' as const,
            class: solidWhileHovered[color],
          })),
        },
        // Names have up to 200 characters, perhaps without a space.
        modal: { slots: { title: 'wrap-anywhere', description: 'wrap-anywhere' } },
        dropdownMenu: {
          slots: {
            content: 'max-w-[min(24rem,calc(100vw-1rem))]',
            itemLabel: 'whitespace-normal wrap-anywhere',
            itemDescription: 'whitespace-normal wrap-anywhere',
          },
        },
      },
    }),
  ],
  server: {
    port: 5173,
    proxy: {
      '/graphql': { target: api, ws: true },
      '/api': { target: api },
    },
  },
  build: {
    outDir: 'dist',
    // Read by scripts/check-sizes.mjs.
    manifest: true,
    emptyOutDir: true,
    // A data: URL in a style sheet would need its own exception in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: neededTogether },
      },
    },
  },
});

/** The browser fetches the scripts of these names together with the first one, and runs them when a page asks for them. */
function loadedFromTheStart(names: string[]): Plugin {
  return {
    name: 'safeboard:loaded-from-the-start',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle)
          .filter((file) => file.type === 'chunk' && names.includes(file.name))
          .map(({ fileName }) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
            injectTo: 'head' as const,
          })),
    },
  };
}

/** V8 compiles all functions of these scripts as it loads them, not one by one as each is called. For others it is a comment. */
function compiledAtOnce(names: string[]): Plugin {
  return {
    name: 'safeboard:compiled-at-once',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && names.includes(file.name))
            file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      },
    },
  };
}
