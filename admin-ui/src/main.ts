import ui from '@nuxt/ui/vue-plugin';
import { createApp } from 'vue';
import App from './App.vue';
import { clientKey, createApolloClient } from './apollo/client';
import { connectionKey, createConnection } from './apollo/connection';
import { createAppRouter } from './router';
import { createOwnImport, ownImportKey } from './session/own-import';
import { createSession, sessionKey, type Session } from './session/session';
import { createTheme, themeKey } from './session/theme';
import { createUnsaved, unsavedKey } from './session/unsaved';
import { leaveQuestion } from './texts';
import { confirmKey, createConfirm } from './ui/confirm';
import './styles.css';

const connection = createConnection();
const client = createApolloClient({
  connection,
  onUnauthenticated: () => (session.expired.value = session.viewer.value !== null),
  onForbidden: () => void session.check(),
});
const session: Session = createSession(client);
const unsaved = createUnsaved();
const confirm = createConfirm();
const router = createAppRouter({ session, unsaved, mayDiscard: () => confirm.ask(leaveQuestion) });

createApp(App)
  .provide(connectionKey, connection)
  .provide(clientKey, client)
  .provide(sessionKey, session)
  .provide(unsavedKey, unsaved)
  .provide(confirmKey, confirm)
  .provide(themeKey, createTheme())
  .provide(ownImportKey, createOwnImport())
  .use(router)
  .use(ui)
  .mount('#app');
