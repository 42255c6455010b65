import { makeStyles } from '@material-ui/core/styles';
import { Fragment } from 'react';
import { shortcuts } from './shortcuts';

const useStyles = makeStyles(
  theme => ({
    heading: { margin: theme.spacing(2, 0, 1), fontSize: '1rem', fontWeight: 600 },
    list: {
      display: 'grid',
      gridTemplateColumns: 'minmax(120px, max-content) 1fr',
      gap: theme.spacing(1, 2),
      margin: 0,
      lineHeight: 1.5,
      '& dd': { margin: 0 },
    },
    key: {
      display: 'inline-block',
      padding: '0 6px',
      border: `1px solid ${theme.palette.text.secondary}`,
      borderRadius: 4,
      font: 'inherit',
      fontSize: '0.85em',
    },
  }),
  { name: 'PortalShortcutList' },
);

/** The keys of the portal, by where they work. */
export function ShortcutList() {
  const classes = useStyles();
  return (
    <>
      {shortcuts.map(({ where, keys }) => (
        <section key={where} aria-label={where}>
          <h3 className={classes.heading}>{where}</h3>
          <dl className={classes.list}>
            {keys.map(({ keys: alternatives, does }) => (
              <Fragment key={does}>
                <dt>
                  {alternatives.map((together, index) => (
                    <Fragment key={together.join()}>
                      {index > 0 && ' or '}
                      {together.map((key, position) => (
                        <Fragment key={key}>
                          {position > 0 && ' + '}
                          <kbd className={classes.key}>{key}</kbd>
                        </Fragment>
                      ))}
                    </Fragment>
                  ))}
                </dt>
                <dd>{does}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
