import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { parseWithinLimits } from '../document-limits';

/** Characters of documents that are kept: the console has a handful of subscriptions, scripts bring theirs. */
const mostKept = 500_000;

/** A document as it was read: valid, or why not. */
export interface ReadDocument {
  document: DocumentNode;
  errors: readonly GraphQLError[];
}

/** Parses and validates documents; the same text gives the same document, for as long as it is kept. */
export class Documents {
  private readonly read = new LRUCache<string, ReadDocument>({
    maxSize: mostKept,
    sizeCalculation: (_, text) => text.length + 1,
  });

  constructor(private readonly schema: GraphQLSchema) {}

  /** Throws a `GraphQLError` where the text cannot be parsed. */
  of(text: string): ReadDocument {
    const known = this.read.get(text);
    if (known) return known;
    const document = parseWithinLimits(text);
    const read = { document, errors: validate(this.schema, document) };
    this.read.set(text, read);
    return read;
  }
}
