import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import type { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { Fragment } from 'react';

const useStyles = makeStyles(
  theme => ({
    warnings: { display: 'grid', gap: theme.spacing(2), '&:not(:empty)': { marginBottom: 24 } },
    root: {
      display: 'grid',
      gap: theme.spacing(3),
      gridTemplateColumns: 'minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.up('md')]: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)' },
    },
    // What is wide, such as a table, scrolls in its own card.
    column: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: theme.spacing(3) },
  }),
  { name: 'PortalEntityOverview' },
);

/**
 * The overview of an entity. Backstage's own puts what is at the side on top where there is no room for two columns, and
 * hides the bar of a column that scrolls; here the first card is the first to be read, on any screen.
 */
export function EntityOverview({ cards }: EntityContentLayoutProps) {
  const classes = useStyles();
  const draw = (isSide: boolean) =>
    cards
      .filter(({ type }) => (type === 'info') === isSide)
      .map(({ element }, index) => <Fragment key={element.key ?? index}>{element}</Fragment>);
  return (
    <>
      <div className={classes.warnings}>
        <EntitySwitch>
          <EntitySwitch.Case if={isOrphan}>
            <EntityOrphanWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasRelationWarnings}>
            <EntityRelationWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasCatalogProcessingErrors}>
            <EntityProcessingErrorsPanel />
          </EntitySwitch.Case>
        </EntitySwitch>
      </div>
      <div className={classes.root}>
        <div className={classes.column}>{draw(false)}</div>
        <div className={classes.column}>{draw(true)}</div>
      </div>
    </>
  );
}
