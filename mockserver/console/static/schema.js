// Reading JSON schemas as the server writes them.

/** Return a schema with references followed and "or null" taken off. */
export function resolved(schema, root) {
  if (schema.$ref) {
    const found = schema.$ref
      .slice(2)
      .split("/")
      .reduce((part, name) => part[name], root);
    return { ...resolved(found, root), ...without(schema, "$ref") };
  }
  const options = (schema.anyOf ?? []).filter((option) => option.type !== "null");
  if (schema.anyOf && options.length === 1)
    return { ...resolved(options[0], root), ...without(schema, "anyOf") };
  return schema;
}

/** Return the values that a schema allows where they can be counted, null where not. */
export function choicesOf(schema) {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return schema.enum;
  return schema.type === "boolean" ? [true, false] : null;
}

/** Tell whether a schema takes text alone. */
export function isText(schema) {
  return schema.type === "string";
}

/** Tell whether a schema takes a number alone. */
export function isNumber(schema) {
  return schema.type === "integer" || schema.type === "number";
}

/** Tell whether text is one of several things that a schema takes, such as a status or "4xx". */
export function takesText(schema) {
  return (schema.anyOf ?? []).some((option) => isText(option) || option.enum);
}

function without(object, name) {
  const { [name]: _, ...rest } = object;
  return rest;
}
