import {
  createRouter,
  createWebHistory,
  START_LOCATION,
  type RouteLocationNormalized,
  type Router,
} from 'vue-router';
import type { Connection } from './apollo';
import { routes } from './routes';
import { backPath } from './session/back-path';
import type { Session } from './session/session';
import type { Unsaved } from './session/unsaved';
import { productName, windowTitle } from './texts';
import { nextTurn } from './ui/next-turn';

interface RouterParts {
  session: Session;
  unsaved: Unsaved;
  connection: Connection;
  /** Asks the server for a sign of life. Never rejects. */
  answers: () => Promise<boolean>;
  /** Asks whether unsaved input may be thrown away. */
  mayDiscard: () => Promise<boolean>;
}

/** The pages of the console and the rules for entering and leaving them. */
export function createAppRouter({ session, unsaved, connection, answers, mayDiscard }: RouterParts): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
  });

  router.beforeEach(async (to, from) => {
    const samePage = to.path === from.path;
    if (!samePage && unsaved.any.value && !unsaved.waived && !(await mayDiscard())) return false;
    return true;
  });

  router.beforeEach(async (to, from) => {
    if (to.name === 'unreachable') return true;
    loadPagesOf(to);
    // At the start both are much work: one after the other.
    if (from === START_LOCATION) await nextTurn();
    try {
      await session.ready();
    } catch {
      return { name: 'unreachable', query: { back: to.fullPath }, replace: true };
    }
    if (to.meta.public)
      return to.name === 'sign-in' && session.viewer.value ? { path: backPath(to.query['back']) } : true;
    if (session.viewer.value) return true;
    if (session.system.value?.needsSetUp) return { name: 'set-up' };
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { back: to.fullPath } };
  });

  // The script of a page is not there: the server is away, or a newer one has taken its place, whose files have other
  // names. That one is asked for the page as a whole.
  router.onError(async (_, to, from) => {
    if (to.name === 'unreachable') return;
    const back = { name: 'unreachable', query: { back: to.fullPath }, replace: true };
    if (from === START_LOCATION) await router.push(back);
    else if (await answers()) {
      unsaved.waived = true;
      window.location.assign(to.fullPath);
    } else connection.noteLost();
  });

  router.afterEach((to) => {
    unsaved.waived = false;
    document.title = to.meta.title ? windowTitle(to.meta.title) : productName;
  });

  return router;
}

/** Lets the scripts of a page come while the server is asked who is there. */
function loadPagesOf({ matched }: RouteLocationNormalized): void {
  for (const { components } of matched) {
    const page = components?.['default'];
    // Whoever goes there hears of what goes wrong.
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined);
  }
}
