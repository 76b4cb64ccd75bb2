import { expect, it } from '@jest/globals';
import { urlProblem } from './url-problem.js';

const problemOf = (url: string, allowLoopback = false) => urlProblem({ url, allowLoopback, carries: 'names' });
const clear = 'is not https: names would travel in the clear';
const password = 'has a user or password in it: the signature says who calls';

it.each([
  ['https://shop.example/a?b', undefined],
  ['https://127.0.0.1/', undefined],
  ['http://shop.example', clear],
  ['http://localhost.shop.example', clear],
  ['ftp://localhost', clear],
  ['https://ann@shop.example', password],
  ['https://:pw@shop.example', password],
  ['shop.example', 'is no address'],
])('%s: %s', (url, problem) => {
  expect(problemOf(url)).toBe(problem);
  expect(problemOf(url, true)).toBe(problem);
});

it.each(['http://localhost:1/x', 'http://127.0.0.1:1', 'http://[::1]:1'])('%s when it is meant', (url) => {
  expect(problemOf(url)).toBe('is http on this machine: say allowLoopback: true if you mean it');
  expect(problemOf(url, true)).toBeUndefined();
});
