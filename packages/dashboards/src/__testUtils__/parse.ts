import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';

/** A selector of a query. */
export interface Selector {
  /** As it stands in the query. */
  text: string;
  /** Name of the metric; empty in LogQL. */
  metric: string;
  /** `namespace="tenant-a"`, each as it stands in the query. */
  matchers: string[];
}

const grammars = {
  promql: {
    parse: (text: string) => promqlParser.parse(text),
    selector: 'VectorSelector',
    matcher: ['UnquotedLabelMatcher', 'QuotedLabelMatcher'],
  },
  logql: {
    parse: (text: string) => logqlParser.parse(text),
    selector: 'Selector',
    matcher: ['Matcher'],
  },
};

/**
 * The selectors of a query.
 *
 * @throws Error when it cannot be parsed
 */
export function selectorsOf(text: string, language: keyof typeof grammars): Selector[] {
  const grammar = grammars[language];
  const found: Selector[] = [];
  grammar.parse(text).iterate({
    enter(node) {
      const part = text.slice(node.from, node.to);
      if (node.type.isError) {
        throw new Error(
          `cannot be parsed at ${node.from}: ${text.slice(node.from, node.from + 40)}`,
        );
      }
      if (node.name === grammar.selector) {
        found.push({ text: part, metric: '', matchers: [] });
      } else if (node.name === 'Identifier') {
        const last = found.at(-1);
        if (last && !last.metric && last.text.startsWith(part)) last.metric = part;
      } else if (grammar.matcher.includes(node.name)) {
        found.at(-1)?.matchers.push(part.replace(/\s*(=~|!~|!=|=)\s*/, '$1'));
      }
    },
  });
  return found;
}
