import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Looking for roles in a card of eighteen services takes its time on a busy machine.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 10_000 });
