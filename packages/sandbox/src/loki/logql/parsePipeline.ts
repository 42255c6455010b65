import type {
  ComparisonOperator,
  LabelFilter,
  LineFilterOperator,
  LogQuery,
  Matcher,
  MatchOperator,
  Stage,
} from './ast';
import { LogqlError, notSupported, parseError } from './logqlError';
import { compileRegularExpression } from './regularExpression';
import { unquote } from './unquote';
import type { Node } from './tree';
import { parseBytes, parseDuration } from './units';

function parseMatcher(node: Node): Matcher {
  return {
    name: node.need('Identifier').text,
    operator: node.need('Eq', 'Neq', 'Re', 'Nre').text as MatchOperator,
    value: unquote(node.need('String').text),
  };
}

/** `Matchers` nests to the left: the list is as deep as it is long. */
function parseSelector(node: Node): Matcher[] {
  return node.all('Matcher').map(parseMatcher);
}

function parseComparison(node: Node): ComparisonOperator {
  const { text } = node.need('Eq', 'Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte');
  return text === '=' ? '==' : (text as ComparisonOperator);
}

/** A number with its sign. */
export function parseNumber(node: Node): number {
  const value = Number(node.text.replace(/\s+/g, ''));
  if (Number.isNaN(value)) throw parseError(`invalid number ${node.text}`);
  return value;
}

function parseUnitFilter(node: Node): LabelFilter {
  const kind = node.name === 'DurationFilter' ? 'duration' : 'bytes';
  const literal = node.need('Duration', 'Bytes').text;
  const value = kind === 'duration' ? parseDuration(literal) : parseBytes(literal);
  if (value === undefined) throw parseError(`invalid ${kind} ${literal}`);
  return { kind, name: node.need('Identifier').text, operator: parseComparison(node), value };
}

function parseLabelFilter(node: Node): LabelFilter {
  const parts = node.children.filter(each => each.name === 'LabelFilter');
  if (parts.length === 2) {
    const [left, right] = parts.map(parseLabelFilter);
    return { kind: 'join', join: node.child('Or') ? 'or' : 'and', left, right };
  }
  if (parts.length === 1) return parseLabelFilter(parts[0]);
  const filter = node.need('Matcher', 'NumberFilter', 'UnitFilter', 'IpLabelFilter');
  switch (filter.name) {
    case 'Matcher':
      return { kind: 'text', matcher: parseMatcher(filter) };
    case 'NumberFilter':
      return {
        kind: 'number',
        name: filter.need('Identifier').text,
        operator: parseComparison(filter),
        value: parseNumber(filter.need('LiteralExpr')),
      };
    case 'UnitFilter':
      return parseUnitFilter(filter.need('DurationFilter', 'BytesFilter'));
    default:
      throw notSupported('ip()');
  }
}

function parseLineFilter(node: Node): Stage {
  const operator = node.need('Filter').text;
  if (node.child('FilterOp')) throw notSupported('ip()');
  if (!['|=', '!=', '|~', '!~'].includes(operator)) throw notSupported(`the filter ${operator}`);
  const alternatives = node.all('String').map(each => unquote(each.text));
  return { kind: 'line', operator: operator as LineFilterOperator, alternatives };
}

/** Line filters that follow one another are one stage to Loki: an error in one of them names them all. */
function parseLineFilters(node: Node): Stage[] {
  const stages = node.all('LineFilter').map(parseLineFilter);
  try {
    for (const stage of stages) {
      if (stage.kind === 'line' && stage.operator.endsWith('~')) {
        stage.alternatives.forEach(each => compileRegularExpression(each, false));
      }
    }
  } catch (error) {
    if (!(error instanceof LogqlError)) throw error;
    throw parseError(`stage '${node.text}' : ${error.message.replace('parse error : ', '')}`);
  }
  return stages;
}

function parseRegexp(node: Node): Stage {
  const pattern = unquote(node.need('String').text);
  if (!/\(\?P?<\w+>/.test(pattern))
    throw parseError('invalid regexp parser: at least one named capture must be supplied');
  return { kind: 'regexp', pattern };
}

function parseStage(node: Node): Stage[] {
  const content = node.children.find(each => each.name !== 'Pipe')!;
  switch (content.name) {
    case 'LineFilters':
      return parseLineFilters(content);
    case 'LabelFilter':
      return [{ kind: 'labels', filter: parseLabelFilter(content) }];
    case 'LabelParser':
      if (content.child('Json')) return [{ kind: 'json' }];
      if (content.child('Regexp')) return [parseRegexp(content)];
      break;
    case 'LogfmtParser':
      if (!content.child('LogfmtParserFlags')) return [{ kind: 'logfmt' }];
      break;
    default:
  }
  throw notSupported(`the stage | ${content.text}`);
}

/** A selector with its stages: of a log query, or of the range inside a metric query. */
export function parseLogQuery(node: Node): LogQuery {
  if (node.child('LogExpr')) return parseLogQuery(node.need('LogExpr'));
  if (node.child('UnwrapExpr')) throw notSupported('unwrap');
  return {
    kind: 'log',
    selector: parseSelector(node.need('Selector')),
    stages: node.all('PipelineStage').flatMap(parseStage),
  };
}
