import type { SyntaxNodeRef } from '@lezer/common';
import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import { matcher } from './quote';

/**
 * A query that would read another tenant's data, or that is no query: a mistake of ours, since queries are built
 * from templates. It never reaches the upstream.
 */
export class QueryGuardError extends Error {
  constructor(message: string) {
    super(`Refused to send a query: ${message}`);
    this.name = 'QueryGuardError';
  }
}

/**
 * Checks that every selector of a PromQL query is bound to the tenant's namespace.
 *
 * @param label - the label that holds the namespace
 * @throws QueryGuardError
 */
export function guardPromql(query: string, tenant: string, label = 'namespace'): string {
  return guard(query, matcher(label, tenant), {
    parse: () => promqlParser.parse(query),
    selector: 'VectorSelector',
    matcher: 'UnquotedLabelMatcher',
  });
}

/**
 * Checks that every stream selector of a LogQL query is bound to the tenant's namespace.
 *
 * @param label - the label that holds the namespace
 * @throws QueryGuardError
 */
export function guardLogql(query: string, tenant: string, label = 'namespace'): string {
  return guard(query, matcher(label, tenant), {
    parse: () => logqlParser.parse(query),
    selector: 'Selector',
    matcher: 'Matcher',
  });
}

interface Grammar {
  parse(): {
    iterate(spec: { enter(node: SyntaxNodeRef): void; leave(node: SyntaxNodeRef): void }): void;
  };
  selector: string;
  matcher: string;
}

function guard(query: string, wanted: string, grammar: Grammar): string {
  let hasSelector = false;
  let isBound = false;
  grammar.parse().iterate({
    enter(node) {
      if (node.type.isError) throw new QueryGuardError('it cannot be parsed');
      if (node.name === grammar.selector) {
        hasSelector = true;
        isBound = false;
      }
      if (node.name === grammar.matcher && query.slice(node.from, node.to) === wanted) {
        isBound = true;
      }
    },
    leave(node) {
      // Selectors hold no selectors, so what was found since it began was in it.
      if (node.name === grammar.selector && !isBound) {
        throw new QueryGuardError('a selector is not bound to the tenant');
      }
    },
  });
  if (!hasSelector) throw new QueryGuardError('it selects nothing');
  return query;
}
