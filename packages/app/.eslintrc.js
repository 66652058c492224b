module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['e2e-tests/**'],
      rules: {
        // The tests start the portal by the scripts of `npm start`, which are in no package.
        '@backstage/no-relative-monorepo-imports': 'off',
      },
    },
  ],
});
