import { type Ref, useEffect, useRef, useState } from 'react';
import { useFieldStyles } from './FilterSelect';

/**
 * A text search that reports what was typed once the typing pauses.
 *
 * @param props.delay - length of the pause in milliseconds
 */
export function SearchField(props: {
  label: string;
  value: string;
  delay: number;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}) {
  const { label, value, delay, onChange, inputRef } = props;
  const classes = useFieldStyles();
  const [text, setText] = useState(value);
  const reported = useRef(value);
  const report = useRef(onChange);
  useEffect(() => {
    report.current = onChange;
  });
  useEffect(() => {
    // Only what came from elsewhere (a link, "back", "clear filters") may replace what is being typed.
    if (value !== reported.current) {
      reported.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === reported.current) return undefined;
    const timer = setTimeout(() => {
      reported.current = text;
      report.current(text);
    }, delay);
    return () => clearTimeout(timer);
  }, [text, delay]);
  return (
    <input
      ref={inputRef}
      type="search"
      className={`${classes.field} ${classes.search}`}
      aria-label={label}
      placeholder={`${label}…`}
      maxLength={200}
      value={text}
      onChange={event => setText(event.target.value)}
    />
  );
}
