import icons from '@nuxt/ui/runtime/vue/plugins/icons.js';
import { createApp } from 'vue';
import App from './App.vue';
import { clientKey, createApolloClient } from './apollo/client';
import { connectionKey, createConnection, serverAnswers } from './apollo/connection';
import { pauseBeforeRetry } from './apollo/retry';
import { createSafeModeHeader, safeModeHeaderKey } from './apollo/safe-mode-header';
import { createAppRouter } from './router';
import { createOwnImport, ownImportKey } from './session/own-import';
import { createSafeMode } from './session/create-safe-mode';
import { safeModeKey, type SafeModeState } from './session/safe-mode';
import { createSession, sessionKey, type Session } from './session/session';
import { createTheme, themeKey } from './session/theme';
import { createUnsaved, unsavedKey } from './session/unsaved';
import { leaveQuestion } from './texts';
import { confirmKey, createConfirm } from './ui/confirm';
import { createDifferenceLayout, differenceLayoutKey } from './ui/difference-layout';
import { nextTurn } from './ui/next-turn';
import { createToasts, toastsKey } from './ui/toasts';
import './styles.css';

const connection = createConnection({ answers: serverAnswers, pause: pauseBeforeRetry });
const safeModeHeader = createSafeModeHeader();
const client = createApolloClient({
  connection,
  safeModeHeader,
  onSafeModeRefused: (refusal) => safeMode.noteRefused(refusal),
  onUnauthenticated: () => (session.expired.value = session.viewer.value !== null),
  checkAccess: () => void session.check(),
});
const session: Session = createSession(client);
const safeMode: SafeModeState = createSafeMode({ client, session, header: safeModeHeader });
const unsaved = createUnsaved();
const confirm = createConfirm();
const router = createAppRouter({
  session,
  unsaved,
  connection,
  answers: serverAnswers,
  mayDiscard: () => confirm.ask(leaveQuestion),
});

const app = createApp(App)
  .provide(connectionKey, connection)
  .provide(clientKey, client)
  .provide(safeModeHeaderKey, safeModeHeader)
  .provide(sessionKey, session)
  .provide(safeModeKey, safeMode)
  .provide(unsavedKey, unsaved)
  .provide(confirmKey, confirm)
  .provide(toastsKey, createToasts())
  .provide(themeKey, createTheme())
  .provide(differenceLayoutKey, createDifferenceLayout())
  .provide(ownImportKey, createOwnImport())
  .use(icons);

/** Until the first page is there, what index.html says stays in sight. */
async function start(): Promise<void> {
  // The browser gets a turn after it has run all scripts, before the first page is looked for…
  await nextTurn();
  app.use(router);
  await router.isReady().catch(() => undefined);
  // …and another one after it has run those of the page, before it is built.
  await nextTurn();
  app.mount('#app');
}

void start();
