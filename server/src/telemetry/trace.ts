import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { type RequestNotes } from './request-scope';

/**
 * Does nothing until the operator loads an SDK of OpenTelemetry before the server (docs/operations.md). The API is kept
 * one minor version behind, as it takes an SDK of its own version or a later one only.
 */
const tracer = trace.getTracer('safeboard');

/**
 * Does work within a span. Attributes are names and numbers of ours, never values of users. Of what is thrown only the
 * kind is noted, as messages can quote values.
 */
export function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Begins the span of a request, which whoever sent it may be part of, and serves the request within it. Where the SDK
 * has made one already, this one is inside it.
 */
export function traceRequest(headers: object, serve: (span: Span) => void): void {
  const outer = context.active();
  const isInside = trace.getSpan(outer) !== undefined;
  const parent = isInside ? outer : propagation.extract(outer, headers);
  const kind = isInside ? SpanKind.INTERNAL : SpanKind.SERVER;
  const span = tracer.startSpan('request', { kind }, parent);
  context.with(trace.setSpan(parent, span), serve, undefined, span);
}

/** Ends the span of a request, called after what it turned out to be. */
export function endRequestSpan(
  span: Span,
  { id, operation, errors }: RequestNotes,
  { route, method, status }: { route: string; method: string; status: number },
): void {
  span.updateName(operation ? `${operation.type} ${operation.field}` : `${method} ${route}`);
  span.setAttributes({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'safeboard.request_id': id,
    ...(operation && { 'graphql.operation.type': operation.type, 'graphql.operation.name': operation.name }),
    ...(errors && { 'safeboard.errors': errors }),
  });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function fail(span: Span, error: unknown): void {
  const message = error instanceof Error ? error.name : typeof error;
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
