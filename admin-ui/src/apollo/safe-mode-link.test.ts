import { ApolloLink, gql, Observable } from '@apollo/client';
import type { DocumentNode } from 'graphql';
import type { Subscriber } from 'rxjs';
import { createSafeModeHeader } from './safe-mode-header';
import { safeModeLink } from './safe-mode-link';
import type { SafeModeRefusal } from './safe-mode-refusal';

const query = gql`
  query Names {
    names
  }
`;
const mutation = gql`
  mutation Rename {
    rename
  }
`;

type Answer = ApolloLink.Result;

/** A server that answers when the test says so, and what came in until then. */
function startTab() {
  const header = createSafeModeHeader();
  const refusals: SafeModeRefusal[] = [];
  const requests: { safeMode: unknown; answer: (result: Answer) => void; wanted: () => boolean }[] = [];
  const server = new ApolloLink(
    (operation) =>
      new Observable((observer: Subscriber<Answer>) => {
        requests.push({
          safeMode: (operation.getContext()['headers'] as Record<string, string>)['X-Safe-Mode'],
          wanted: () => !observer.closed,
          answer(result) {
            observer.next(result);
            observer.complete();
          },
        });
      }),
  );
  const link = safeModeLink(header, (refusal) => {
    refusals.push(refusal);
    if (refusal.code === 'SAFE_MODE_CLOSED' && refusal.isRead) header.name(undefined);
  }).concat(server);

  function ask(document: DocumentNode): { answers: unknown[]; done: () => boolean } {
    const answers: unknown[] = [];
    let done = false;
    ApolloLink.execute(link, { query: document }, { client: undefined as never }).subscribe({
      next: (result) => answers.push(result.data ?? result.errors),
      complete: () => (done = true),
    });
    return { answers, done: () => done };
  }
  return { header, refusals, requests, ask };
}

const data = (value: string): Answer => ({ data: { names: value } });
const microtask = () => Promise.resolve();

test('every request names the safe mode of the tab, or none', () => {
  const { header, requests, ask } = startTab();
  ask(query);
  header.name('s1');
  ask(mutation);
  header.name(undefined);
  ask(mutation);
  expect(requests.map(({ safeMode }) => safeMode)).toEqual(['none', 's1', 'none']);
});

test('a query that is under way when the tab enters a safe mode is asked again, and only that answer counts', async () => {
  const { header, requests, ask } = startTab();
  const { answers, done } = ask(query);
  header.name('s1');
  await microtask();
  requests[0]?.answer(data('live'));
  expect(answers).toEqual([]);
  expect(requests[0]?.wanted()).toBe(false);
  expect(requests[1]?.safeMode).toBe('s1');
  requests[1]?.answer(data('overlaid'));
  expect(answers).toEqual([{ names: 'overlaid' }]);
  expect(done()).toBe(true);
});

test('a mutation is sent once, and its answer counts whatever the tab shows by then', async () => {
  const { header, requests, ask } = startTab();
  const { answers } = ask(mutation);
  header.name('s1');
  await microtask();
  requests[0]?.answer(data('done'));
  expect(answers).toEqual([{ names: 'done' }]);
  expect(requests).toHaveLength(1);
});

test('a query refused because the safe mode is closed is asked again for what is live', async () => {
  const { header, requests, refusals, ask } = startTab();
  header.name('s1');
  const { answers } = ask(query);
  const closing = { status: 'DISCARDED', name: 'Spring', by: { id: 'u1', name: 'Ada' }, at: null };
  requests[0]?.answer({
    data: null,
    errors: [{ message: 'closed', extensions: { code: 'SAFE_MODE_CLOSED', closing } }],
  });
  await microtask();
  expect(refusals).toEqual([
    {
      code: 'SAFE_MODE_CLOSED',
      safeModeId: 's1',
      isRead: true,
      closing: { status: 'DISCARDED', name: 'Spring', by: { id: 'u1', name: 'Ada' } },
    },
  ]);
  expect(requests[1]?.safeMode).toBe('none');
  requests[1]?.answer(data('live'));
  expect(answers).toEqual([{ names: 'live' }]);
});

test('a refusal of what was asked live says nothing about a safe mode', () => {
  const { requests, refusals, ask } = startTab();
  const { answers } = ask(mutation);
  const errors = [{ message: 'closed', extensions: { code: 'SAFE_MODE_CLOSED' } }];
  requests[0]?.answer({ data: null, errors });
  expect(refusals).toEqual([]);
  expect(answers).toEqual([errors]);
});
