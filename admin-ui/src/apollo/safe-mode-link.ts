import { ApolloLink, Observable } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import type { Subscription } from 'rxjs';
import type { SafeModeHeader } from './safe-mode-header';
import { refusalIn, type SafeModeRefusal } from './safe-mode-refusal';

/**
 * Puts the header on every request. A query whose answer is still out when the header changes is asked again under
 * the new one, so that what a query answers belongs to what the tab shows. A mutation is sent once.
 *
 * @param onRefused hears of refusals that may mean that the tab's safe mode is its own no more
 */
export function safeModeLink(
  header: SafeModeHeader,
  onRefused: (refusal: SafeModeRefusal) => void,
): ApolloLink {
  return new ApolloLink(
    (operation, forward) =>
      new Observable((observer) => {
        const isRead = operation.operationType === OperationTypeNode.QUERY;
        let answer: Subscription | undefined;

        function send(): void {
          const { value, safeModeId } = header;
          operation.setContext((context) => ({ headers: headersWith(context['headers'], value) }));
          answer = forward(operation).subscribe({
            next(result) {
              const refusal = safeModeId && refusalIn(result.errors, { safeModeId, isRead });
              if (refusal) onRefused(refusal);
              // Where the refusal led back to what is live, the query is asked again and has no answer yet.
              if (!isRead || header.value === value) observer.next(result);
            },
            error: (error: unknown) => observer.error(error),
            complete: () => (!isRead || header.value === value) && observer.complete(),
          });
        }

        function sendAgain(): void {
          answer?.unsubscribe();
          // Most who asked ask anew by themselves: only those who still wait are served here.
          queueMicrotask(() => !observer.closed && send());
        }

        const stop = isRead ? header.onChange(sendAgain) : undefined;
        send();
        return () => {
          stop?.();
          answer?.unsubscribe();
        };
      }),
  );
}

function headersWith(headers: unknown, safeMode: string): Record<string, string> {
  return { ...(headers as Record<string, string> | undefined), 'X-Safe-Mode': safeMode };
}
