import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Clause } from '../../domain/clause';
import { showsClause, toggleClause } from '../../domain/clauseView';
import { emptyFleetSentence } from '../../domain/emptyFleet';
import type { Fleet } from '../../domain/fleet';
import { sentenceOf, surveyFleet } from '../../domain/summary';
import { readFilters, writeFilters } from '../../domain/tenantFilters';
import { useFromNow } from '../common/useNow';

const useStyles = makeStyles(
  theme => ({
    clause: {
      display: 'inline',
      maxWidth: '100%',
      padding: 0,
      border: 0,
      borderRadius: 3,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      lineHeight: 'inherit',
      textAlign: 'left',
      textDecoration: 'underline',
      textDecorationStyle: 'dotted',
      textDecorationThickness: 1,
      textUnderlineOffset: 3,
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover, textDecorationStyle: 'solid' },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 1 },
      '&[aria-pressed=true]': {
        background: theme.palette.action.selected,
        textDecorationStyle: 'solid',
      },
    },
  }),
  { name: 'TenantReleasesFleetSentence' },
);

/** A clause that shows what it counts; pressed again, all. */
function ClauseButton({ clause }: { clause: Clause }) {
  const classes = useStyles();
  const [parameters, setParameters] = useSearchParams();
  return (
    <button
      type="button"
      className={classes.clause}
      aria-pressed={showsClause(readFilters(parameters), clause)}
      onClick={() =>
        setParameters(
          current => writeFilters(current, toggleClause(readFilters(current), clause)),
          {
            replace: true,
          },
        )
      }
    >
      {useFromNow(clause.say)}
    </button>
  );
}

/**
 * How all tenants are, in one sentence; while rows are still coming, from the server's counts. Each of its clauses filters
 * the rows to those that it counts.
 */
export function FleetSentence(props: {
  fleet: Fleet;
  sources: readonly SourceStatus[];
  /** Reading the fleet again failed. */
  isFailing?: boolean;
}) {
  const { fleet, sources, isFailing = false } = props;
  const parts = useMemo(() => sentenceOf(surveyFleet(fleet)), [fleet]);
  if (parts.length === 0) return <>{emptyFleetSentence(fleet, sources, isFailing)}</>;
  return (
    <>
      {parts.map(part =>
        typeof part === 'string' ? (
          part
        ) : (
          <ClauseButton key={JSON.stringify(part.shows)} clause={part} />
        ),
      )}
    </>
  );
}
