import type { Of, PyValue } from "./values.js";

type Maybe = PyValue | undefined;

/** Whether a value is a whole number. */
export const isIntValue = (v: Maybe): v is Of<"int"> => v?.kind === "int";
/** Whether a value is a number with a fraction. */
export const isFloatValue = (v: Maybe): v is Of<"float"> => v?.kind === "float";
/** Whether a value is True or False. */
export const isBoolValue = (v: Maybe): v is Of<"bool"> => v?.kind === "bool";
/** Whether a value is a text. */
export const isStringValue = (v: Maybe): v is Of<"string"> => v?.kind === "string";
/** Whether a value is None. */
export const isNoneValue = (v: Maybe): v is Of<"none"> => v?.kind === "none";
/** Whether a value is a list. */
export const isListValue = (v: Maybe): v is Of<"list"> => v?.kind === "list";
/** Whether a value is a tuple. */
export const isTupleValue = (v: Maybe): v is Of<"tuple"> => v?.kind === "tuple";
/** Whether a value is a dictionary. */
export const isDictValue = (v: Maybe): v is Of<"dict"> => v?.kind === "dict";
/** Whether a value is a set. */
export const isSetValue = (v: Maybe): v is Of<"set"> => v?.kind === "set";
/** Whether a value is an iterator. */
export const isIteratorValue = (v: Maybe): v is Of<"iterator"> => v?.kind === "iterator";
/** Whether a value is something of a library that has a path. */
export const isLibraryValue = (v: Maybe): v is Of<"library"> => v?.kind === "library";
/** Whether a value is something of a library that is called with arguments. */
export const isNativeValue = (v: Maybe): v is Of<"native"> => v?.kind === "native";
/** Whether a value is a method with the object that it is called on. */
export const isMethodValue = (v: Maybe): v is Of<"method"> => v?.kind === "method";
/** Whether a value is a function of the file. */
export const isFunctionValue = (v: Maybe): v is Of<"function"> => v?.kind === "function";
/** Whether a value is a class of the file. */
export const isClassValue = (v: Maybe): v is Of<"class"> => v?.kind === "class";
/** Whether a value is an object of a class of the file. */
export const isInstanceValue = (v: Maybe): v is Of<"instance"> => v?.kind === "instance";
/** Whether a value is a layer. */
export const isLayerValue = (v: Maybe): v is Of<"layer"> => v?.kind === "layer";
/** Whether a value is a container of modules. */
export const isContainerValue = (v: Maybe): v is Of<"container"> => v?.kind === "container";
/** Whether a value is a tensor. */
export const isTensorValue = (v: Maybe): v is Of<"tensor"> => v?.kind === "tensor";
/** Whether a value is an array of NumPy. */
export const isArrayValue = (v: Maybe): v is Of<"array"> => v?.kind === "array";
/** Whether a value is not known. */
export const isUnknownValue = (v: Maybe): v is Of<"unknown"> => v?.kind === "unknown";

/** Whether None may stand in the place of a tensor. */
export const mayBeNone = (v: PyValue): boolean => isTensorValue(v) && v.isOptional === true;
