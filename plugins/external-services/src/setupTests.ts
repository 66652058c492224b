import '@testing-library/jest-dom';

// Looking for roles in a card of eighteen services takes its time on a busy machine.
jest.setTimeout(30_000);
