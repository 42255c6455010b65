import { parser } from '@grafana/lezer-logql';
import type { Grouping, MetricQuery, Query, RangeOperation, VectorOperation } from './ast';
import { emptySelector, notSupported, parseError } from './logqlError';
import { parseLogQuery, parseNumber } from './parsePipeline';
import { findSyntaxError } from './syntaxError';
import { Node } from './tree';
import { parseDuration } from './units';

const rangeOperations = ['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate'];
const vectorOperations = ['sum', 'avg', 'min', 'max', 'count'];
const comparisons = ['Gtr', 'Gte', 'Lss', 'Lte', 'Eql', 'Neq'];

/** Loki's own bound on the text of a query. */
const longestQuery = 5120;

function parseSeconds(node: Node): number {
  const seconds = parseDuration(node.text);
  if (seconds === undefined) throw parseError(`invalid duration ${node.text}`);
  return seconds;
}

function parseRange(node: Node): MetricQuery {
  const operation = node.need('RangeOp').text;
  if (!rangeOperations.includes(operation)) throw notSupported(`${operation}()`);
  if (node.child('Grouping')) throw parseError(`grouping not allowed for ${operation} operation`);
  const window = node.need('LogRangeExpr');
  const inner = window.child('LogRangeExpr') ?? window;
  const offset = inner.child('OffsetExpr');
  return {
    kind: 'range',
    operation: operation as RangeOperation,
    logs: parseLogQuery(inner),
    range: parseSeconds(inner.need('Range').need('Duration')),
    offset: offset ? parseSeconds(offset.need('Duration')) : 0,
  };
}

function parseGrouping(node: Node | undefined): Grouping {
  if (!node) return { mode: 'by', labels: [] };
  return {
    mode: node.child('Without') ? 'without' : 'by',
    labels: node.all('Identifier').map(each => each.text),
  };
}

function parseAggregation(node: Node): MetricQuery {
  const operation = node.need('VectorOp').text;
  if (!vectorOperations.includes(operation)) throw notSupported(`${operation}()`);
  return {
    kind: 'aggregation',
    operation: operation as VectorOperation,
    grouping: parseGrouping(node.child('Grouping')),
    inner: parseMetric(node.need('MetricExpr')),
  };
}

/** The number that an operand is, when it is one. */
function scalarOf(node: Node): number | undefined {
  const inner = node.child('MetricExpr') ?? node.child('Expr');
  if (inner) return node.children.length === 1 ? scalarOf(inner) : undefined;
  const literal = node.child('LiteralExpr');
  return literal && parseNumber(literal);
}

function parseComparison(node: Node): MetricQuery {
  const [left, operator, modifier, right] = node.children;
  if (!comparisons.includes(operator.name)) throw notSupported(`the operator ${operator.text}`);
  const leftScalar = scalarOf(left);
  const rightScalar = scalarOf(right);
  const scalar = leftScalar ?? rightScalar;
  if (scalar === undefined || (leftScalar !== undefined && rightScalar !== undefined)) {
    throw notSupported('an operator with other operands than one query and one number');
  }
  const side = leftScalar === undefined ? 'left' : 'right';
  const metric = (side === 'left' ? left : right).child('MetricExpr');
  if (!metric) {
    throw parseError(`unexpected type for ${side} leg of binary operation (${operator.text})`);
  }
  return {
    kind: 'comparison',
    operator: operator.text as Extract<MetricQuery, { kind: 'comparison' }>['operator'],
    bool: modifier.child('Bool') !== undefined,
    inner: parseMetric(metric),
    scalar,
    scalarFirst: leftScalar !== undefined,
  };
}

function parseMetric(node: Node): MetricQuery {
  const [content] = node.children;
  switch (content.name) {
    case 'MetricExpr':
      return parseMetric(content);
    case 'RangeAggregationExpr':
      return parseRange(content);
    case 'VectorAggregationExpr':
      return parseAggregation(content);
    case 'BinOpExpr':
      return parseComparison(content);
    default:
      throw notSupported(content.text);
  }
}

/**
 * Parses LogQL.
 *
 * @throws LogqlError with the text of Loki's answer, also for what is LogQL but not supported here
 * @see https://grafana.com/docs/loki/latest/query/
 */
export function parseQuery(text: string): Query {
  if (text.length > longestQuery) {
    throw parseError(`input size too long (${text.length} > ${longestQuery})`);
  }
  if (text === '') throw parseError('syntax error: unexpected $end');
  // The grammar takes no empty selector, Loki's does and words the answer like this.
  if (/^\s*\{\s*\}/.test(text)) throw emptySelector();
  const tree = parser.parse(text);
  const error = findSyntaxError(text, tree);
  if (error) throw error;
  const expression = new Node(tree.topNode, text).need('Expr');
  const logs = expression.child('LogExpr');
  return logs ? parseLogQuery(logs) : parseMetric(expression.need('MetricExpr'));
}
