const CALLS = { Date: new Set(['now']), Math: new Set(['random']), performance: new Set(['now']) };

const MESSAGE =
  'Time and randomness are arguments here: take them from the caller (a replay must see the same values).';

const isGlobal = (node, name) => node.type === 'Identifier' && node.name === name;

const create = (context) => {
  const report = (node) => context.report({ node, message: MESSAGE });
  return {
    MemberExpression(node) {
      const { object, property, computed } = node;
      if (!computed && object.type === 'Identifier' && CALLS[object.name]?.has(property.name)) report(node);
    },
    NewExpression(node) {
      if (isGlobal(node.callee, 'Date') && node.arguments.length === 0) report(node);
    },
    CallExpression(node) {
      if (isGlobal(node.callee, 'Date')) report(node);
    },
  };
};

/** A lint plugin with one rule: no reading of the clock and no dice. `new Date(value)` is fine, it computes. */
export default { meta: { name: 'payonce' }, rules: { 'no-clock': { create } } };
