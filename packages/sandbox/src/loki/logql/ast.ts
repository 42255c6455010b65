/** How a label matcher compares. */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** How a number is compared. */
export type ComparisonOperator = '==' | '!=' | '>' | '>=' | '<' | '<=';

/** `name operator "value"`, in a selector or as a label filter. */
export interface Matcher {
  name: string;
  operator: MatchOperator;
  value: string;
}

/** A condition on a line's labels. */
export type LabelFilter =
  | { kind: 'join'; join: 'and' | 'or'; left: LabelFilter; right: LabelFilter }
  | { kind: 'text'; matcher: Matcher }
  /** `value` is a plain number, a duration in seconds or a size in bytes. */
  | {
      kind: 'number' | 'duration' | 'bytes';
      name: string;
      operator: ComparisonOperator;
      value: number;
    };

/** How a line filter compares: contains, contains not, matches, matches not. */
export type LineFilterOperator = '|=' | '!=' | '|~' | '!~';

/** One step that each line goes through. */
export type Stage =
  /** Several alternatives are what `or` joins. */
  | { kind: 'line'; operator: LineFilterOperator; alternatives: string[] }
  | { kind: 'json' }
  | { kind: 'logfmt' }
  /** Makes labels of the named groups of a pattern. */
  | { kind: 'regexp'; pattern: string }
  | { kind: 'labels'; filter: LabelFilter };

/** A query for lines. */
export interface LogQuery {
  kind: 'log';
  selector: Matcher[];
  stages: Stage[];
}

/** What is computed of the lines in a window. */
export type RangeOperation = 'count_over_time' | 'rate' | 'bytes_over_time' | 'bytes_rate';

/** What is computed of several series at one time. */
export type VectorOperation = 'sum' | 'avg' | 'min' | 'max' | 'count';

/** Which labels an aggregation keeps (`by`) or drops (`without`). */
export interface Grouping {
  mode: 'by' | 'without';
  labels: string[];
}

/** A query for numbers. */
export type MetricQuery =
  /** `range` and `offset` are in seconds. */
  | {
      kind: 'range';
      operation: RangeOperation;
      logs: LogQuery;
      range: number;
      offset: number;
    }
  | { kind: 'aggregation'; operation: VectorOperation; grouping: Grouping; inner: MetricQuery }
  /** Keeps samples for which the comparison holds; with `bool`, gives 1 or 0 for every sample. */
  | {
      kind: 'comparison';
      operator: ComparisonOperator;
      bool: boolean;
      inner: MetricQuery;
      scalar: number;
      scalarFirst: boolean;
    };

/** What LogQL text can say, as far as it is supported here. */
export type Query = LogQuery | MetricQuery;
