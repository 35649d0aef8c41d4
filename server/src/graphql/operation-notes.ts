import { type ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import { type Metrics } from '../telemetry/metrics';
import { currentRequest, type OperationNotes } from '../telemetry/request-scope';
import { type Context } from './context';

/** Notes and counts what each request over HTTP asks for, how long that took, and the codes of its errors. */
export function operationNotes(metrics: Metrics): ApolloServerPlugin<Context> {
  return {
    requestDidStart() {
      const notes = currentRequest();
      const took = metrics.operations.startTimer();
      return Promise.resolve({
        didResolveOperation({ operation, request, contextValue }) {
          if (notes && operation) {
            notes.operation = operationOf(operation);
            notes.userId = contextValue.actor?.userId;
            notes.unitId = unitIn(request.variables);
          }
          return Promise.resolve();
        },
        willSendResponse({ response: { body } }) {
          const operation = notes?.operation;
          if (operation) took({ type: operation.type, field: operation.field });
          const errors = body.kind === 'single' ? codesOf(body.singleResult.errors) : [];
          for (const code of errors) metrics.graphqlErrors.inc({ code });
          if (notes && errors.length > 0) notes.errors = [...new Set(errors)];
          return Promise.resolve();
        },
      });
    },
  };
}

/** What the operation that is asked for is; nothing where the document has no such one. */
export function operationNamed(
  document: DocumentNode,
  name: string | null | undefined,
): OperationNotes | undefined {
  const operation = getOperationAST(document, name);
  return operation ? operationOf(operation) : undefined;
}

/** Of an operation that was found valid: then its fields are those of the schema. */
function operationOf({ operation, name, selectionSet }: OperationDefinitionNode): OperationNotes {
  const field = selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  return { type: operation, name: name?.value.slice(0, 100), field: field?.name.value ?? 'fragment' };
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The unit that the variables name, where they do as those of the console. */
function unitIn(variables: Record<string, unknown> | undefined): string | undefined {
  const input = variables?.input as Record<string, unknown> | undefined;
  const unitId = variables?.unitId ?? input?.unitId;
  return typeof unitId === 'string' && id.test(unitId) ? unitId : undefined;
}

const codesOf = (errors: readonly { extensions?: Record<string, unknown> }[] = []): string[] =>
  errors.map(({ extensions }) => String(extensions?.code));
