/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** The value of a label; undefined when there is none (and for what every object inherits). */
export function labelValue(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** Set on a line that a stage could not read; see {@link errorDetails}. */
export const errorLabel = '__error__';
/** Why, in words. */
export const errorDetails = '__error_details__';

/**
 * The labels of one line on its way through a pipeline: those of its stream, those that were
 * pushed with the line (structured metadata), and those that stages took out of its text.
 */
export class LabelSet {
  private readonly parsed = new Map<string, string>();

  constructor(private readonly stream: Labels, private readonly metadata: Labels) {}

  get(name: string): string | undefined {
    return (
      this.parsed.get(name) ?? labelValue(this.metadata, name) ?? labelValue(this.stream, name)
    );
  }

  /** Adds a label from the text. One of the stream's keeps its name and value. */
  extract(name: string, value: string): void {
    this.parsed.set(Object.hasOwn(this.stream, name) ? `${name}_extracted` : name, value);
  }

  /** Notes that a stage could not do its work. The line stays. */
  fail(error: string, details: string): void {
    this.parsed.set(errorLabel, error);
    this.parsed.set(errorDetails, details);
  }

  /** All labels, as an answer shows them. Empty values are no labels. */
  toLabels(): Record<string, string> {
    const labels: Record<string, string> = { ...this.stream, ...this.metadata };
    for (const [name, value] of this.parsed) labels[name] = value;
    for (const name of Object.keys(labels)) if (labels[name] === '') delete labels[name];
    return labels;
  }
}

/** The labels as LogQL writes them, sorted by name: an identity, and the text of error messages. */
export function formatLabels(labels: Labels): string {
  const names = Object.keys(labels).sort();
  return `{${names.map(name => `${name}=${JSON.stringify(labels[name])}`).join(', ')}}`;
}

/** The same labels by name, the order in which Loki writes them. */
export function sortLabels(labels: Labels): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** A name as labels have it: other characters become underscores. */
export function labelName(text: string): string {
  const name = text.replace(/[^a-zA-Z0-9_]/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
