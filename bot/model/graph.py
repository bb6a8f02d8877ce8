"""MiniLM as an ONNX graph: token ids of one text in, six sentence vectors of unit length out.

`vector` is the published one, the mean of the last layer: what a text is about. `fifth`, `fourth` and `third` are
the means of the layers below, which still hold more of the words: who does what to whom. `adapted_vector` and
`adapted_fourth` come from the upper layers once more, with the adapter that was trained on the project's own lines
(`bot.model.low_rank`).

The graph takes one unpadded text at a time. Dynamic quantisation scales activations per call, so a
batch would let one message change its neighbour's vector; alone, the same words always give the same
vector, in training as in service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.model.low_rank import FIRST, HEAD_READS_AFTER, HEADS, LAYERS, WIDTH, Adapter

READ_AFTER = {3: "third", 4: "fourth", 5: "fifth", 6: "vector"}
"""Layers whose mean over the tokens is an output, with its name."""
ADAPTED = "adapted_"
"""Stands before every name of the layers with the adapter."""
OUTPUTS = (*READ_AFTER.values(), *(ADAPTED + READ_AFTER[layer] for layer in HEAD_READS_AFTER))
EPSILON = 1e-12
FUSED = "com.microsoft"
"""Operator set of ONNX Runtime: attention, GELU and layer norm each as one fused kernel."""

Weights = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class _Graph:
    """Nodes and constants as they are laid down; a name is the tensor that a node leaves behind."""

    weights: Weights
    prefix: str = ""
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: np.ndarray) -> str:
        name = self.prefix + name
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def op(self, kind: str, *inputs: str, out: str, domain: str = "", **attributes: object) -> str:
        out = self.prefix + out
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, domain=domain, **attributes))
        return out

    def linear(self, x: str, name: str) -> str:
        """`x` times a transposed weight; the bias is added by the fused node that follows."""
        turned = self.constant(f"{name}.weight.T", self.weights[f"{name}.weight"].T)
        return self.op("MatMul", x, turned, out=f"{name}.out")

    def add_and_norm(self, x: str, skip: str, norm: str, bias: str) -> str:
        """Layer norm of x + skip + bias."""
        names = [self.weight(f"{norm}.weight"), self.weight(f"{norm}.bias"), self.weight(bias)]
        return self.op("SkipLayerNormalization", x, skip, *names, out=f"{norm}.out", domain=FUSED, epsilon=EPSILON)


def sentence_encoder(weights: Weights, adapter: Adapter) -> onnx.ModelProto:
    """The whole model: embeddings, six layers, the upper three once more with the adapter, means of unit length."""
    plain = _Graph(weights)
    shared = _layers(plain, _embeddings(plain), range(FIRST), READ_AFTER)
    _layers(plain, shared, range(FIRST, LAYERS), READ_AFTER)
    # laid beside the plain nodes and constants, under other names
    adapted = replace(plain, weights=adapter.added_to(weights), prefix=ADAPTED)
    _layers(adapted, shared, range(FIRST, LAYERS), {layer: READ_AFTER[layer] for layer in HEAD_READS_AFTER})
    return _model(plain)


def _layers(g: _Graph, x: str, layers: Iterable[int], read_after: Mapping[int, str]) -> str:
    for layer in layers:
        x = _layer(g, x, f"encoder.layer.{layer}")
        if layer + 1 in read_after:
            _mean_of_unit_length(g, x, read_after[layer + 1])
    return x


def _mean_of_unit_length(g: _Graph, x: str, out: str) -> None:
    mean = g.op("ReduceMean", x, out=f"{out}.mean", axes=[1], keepdims=0)
    g.op("LpNormalization", mean, out=out, axis=1, p=2)


def _embeddings(g: _Graph) -> str:
    """Word and position tables; the token type is always the first, so it is folded into position."""
    word = g.op("Gather", g.weight("embeddings.word_embeddings.weight"), "ids", out="words")
    types = g.weights["embeddings.token_type_embeddings.weight"][0]
    places = g.constant("places", g.weights["embeddings.position_embeddings.weight"] + types)
    length = g.op("Shape", "ids", out="length", start=1, end=2)
    start, step = g.constant("zero", np.array([0])), g.constant("axis", np.array([0]))
    place = g.op("Slice", places, start, length, step, out="place")
    both = g.op("Add", word, place, out="words_in_place")
    norm = [g.weight("embeddings.LayerNorm.weight"), g.weight("embeddings.LayerNorm.bias")]
    return g.op("LayerNormalization", both, *norm, out="embedded", axis=-1, epsilon=EPSILON)


def _layer(g: _Graph, x: str, name: str) -> str:
    attended = g.op("Attention", x, *_query_key_value(g, name), out=f"{name}.attended", domain=FUSED, num_heads=HEADS)
    mixed = g.linear(attended, f"{name}.attention.output.dense")
    x = g.add_and_norm(mixed, x, f"{name}.attention.output.LayerNorm", f"{name}.attention.output.dense.bias")
    wide = g.linear(x, f"{name}.intermediate.dense")
    bias = g.weight(f"{name}.intermediate.dense.bias")
    wide = g.op("BiasGelu", wide, bias, out=f"{name}.gelu", domain=FUSED)
    narrow = g.linear(wide, f"{name}.output.dense")
    return g.add_and_norm(narrow, x, f"{name}.output.LayerNorm", f"{name}.output.dense.bias")


def _query_key_value(g: _Graph, name: str) -> tuple[str, str]:
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    weight = np.concatenate([g.weights[f"{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([g.weights[f"{part}.bias"] for part in parts])
    return g.constant(f"{name}.qkv", weight), g.constant(f"{name}.qkv.bias", bias)


def _model(g: _Graph) -> onnx.ModelProto:
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "length"])
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, WIDTH]) for name in OUTPUTS]
    graph = helper.make_graph(g.nodes, "sentence_encoder", [ids], outputs, list(g.constants.values()))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)
