module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    'react/forbid-dom-props': [
      'error',
      {
        forbid: [
          { propName: 'title', message: 'A title reaches the pointer alone: say it on the page.' },
        ],
      },
    ],
  },
});
