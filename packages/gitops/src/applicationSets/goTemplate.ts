import { mark } from '../traced/marks';
import { at, plain, type KeyPath, type Origin } from '../traced/traced';
import { callFunction, isTrue, text as printed } from './goFunctions';
import { parseGoTemplate, type TemplateNode } from './goTemplateParse';
import { TemplateError } from './TemplateError';
import type { Parameters } from './parameters';

/** Where a template stands in its run. */
interface Scope {
  dot: unknown;
  root: unknown;
  parameters: Parameters;
  variables: Record<string, unknown>;
  marks: Array<Origin | undefined>;
  /** Whether a key that is missing is an error (`goTemplateOptions: ["missingkey=error"]`). */
  isStrict: boolean;
  /** Rounds of its loops so far. */
  rounds: { count: number };
}

/** More rounds of loops within loops are a mistake. */
const maxRounds = 50_000;

/**
 * Renders a text of an ApplicationSet with `goTemplate: true`. What a plain `{{ .field }}` puts in is marked with its origin.
 *
 * @throws TemplateError for what is not followed here
 */
export function goTemplate(
  text: string,
  parameters: Parameters,
  marks: Array<Origin | undefined>,
  isStrict: boolean,
): string {
  const root = plain(parameters);
  const scope = {
    dot: root,
    root,
    parameters,
    variables: {},
    marks,
    isStrict,
    rounds: { count: 0 },
  };
  return render(parseGoTemplate(text), scope);
}

function render(nodes: readonly TemplateNode[], scope: Scope): string {
  return nodes.map(node => renderNode(node, scope)).join('');
}

function renderNode(node: TemplateNode, scope: Scope): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'set') {
    scope.variables[node.name] = evaluate(node.pipeline, scope);
    return '';
  }
  if (node.kind === 'output') return output(node.pipeline, scope);
  const [, variables, pipeline] =
    /^(?:((?:\$\w+\s*,\s*)?\$\w+)\s*:=\s*)?(.*)$/s.exec(node.pipeline) ?? [];
  const value = evaluate(pipeline, scope);
  if (!isTrue(value)) return render(node.otherwise, scope);
  const names = (variables ?? '')
    .split(',')
    .map(name => name.trim().slice(1))
    .filter(Boolean);
  if (node.kind !== 'range') {
    const inner = node.kind === 'with' ? { ...scope, dot: value } : scope;
    for (const name of names) scope.variables[name] = value;
    return render(node.body, inner);
  }
  return Object.entries(value as object)
    .map(([key, item]) => {
      scope.rounds.count += 1;
      if (scope.rounds.count > maxRounds) throw new TemplateError('its template loops too long');
      const pair = names.length > 1 ? [Array.isArray(value) ? Number(key) : key, item] : [item];
      names.forEach((name, index) => {
        scope.variables[name] = pair[index];
      });
      return render(node.body, { ...scope, dot: item });
    })
    .join('');
}

function output(pipeline: string, scope: Scope): string {
  const value = evaluate(pipeline, scope);
  if (value === undefined || value === null) {
    if (scope.isStrict) throw new TemplateError(`its template has no value for {{ ${pipeline} }}`);
    return '<no value>';
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : printed(value);
  const path = fieldPath(pipeline);
  const found = path && scope.dot === scope.root ? at(scope.parameters, path) : undefined;
  return found?.origin ? mark(text, found.origin, scope.marks) : text;
}

/** The path of a pipeline that is one field of the root; also in quotes. */
function fieldPath(pipeline: string): KeyPath | undefined {
  const [, field] =
    /^\$?((?:\.[A-Za-z_]\w*)+)(?:\s*\|\s*(?:toString|trim))?$/.exec(pipeline.trim()) ?? [];
  return field?.slice(1).split('.');
}

function evaluate(pipeline: string, scope: Scope): unknown {
  const stages = splitTop(pipeline, '|');
  let value: unknown;
  stages.forEach((stage, index) => {
    const words = splitTop(stage, ' ');
    const [head, ...rest] = words;
    if (head === undefined) throw new TemplateError('its template holds an empty expression');
    const piped = index === 0 ? [] : [value];
    const isFunction = /^[A-Za-z]\w*$/.test(head) && !/^(true|false|nil)$/.test(head);
    value = isFunction
      ? callFunction(head, [...rest.map(word => operand(word, scope)), ...piped])
      : operand(head, scope);
  });
  return value;
}

function operand(word: string, scope: Scope): unknown {
  if (/^".*"$/s.test(word)) return quoted(word);
  if (/^`.*`$/s.test(word)) return word.slice(1, -1);
  if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word);
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'nil') return undefined;
  const [, group, behind = ''] = /^\((.*)\)((?:\.\w+)*)$/s.exec(word) ?? [];
  if (group !== undefined) return fields(evaluate(group, scope), behind);
  const [, variable, field] = /^\$(\w*)((?:\.\w+)*)$/.exec(word) ?? [];
  if (variable !== undefined) {
    return fields(variable === '' ? scope.root : scope.variables[variable], field);
  }
  if (word === '.') return scope.dot;
  if (/^(\.\w+)+$/.test(word)) return fields(scope.dot, word);
  if (/^[A-Za-z]\w*$/.test(word)) return callFunction(word, []);
  throw new TemplateError(`its template holds ${word}, which is not followed`);
}

/** A text of Go, whose usual escapes are those of JSON. */
function quoted(word: string): string {
  try {
    return JSON.parse(word) as string;
  } catch {
    throw new TemplateError(`its template holds ${word}, which is not followed`);
  }
}

function fields(value: unknown, text: string): unknown {
  return text
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? (found as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

/** Splits at a character outside of quotes and brackets. */
function splitTop(text: string, by: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const piece of text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|[\s\S]/g) ?? []) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    const isBreak = depth === 0 && (piece === by || (by === ' ' && /^\s$/.test(piece)));
    if (isBreak) {
      parts.push(part.trim());
      part = '';
    } else part += piece;
  }
  return [...parts, part.trim()].filter(one => one !== '');
}
