// Where the channels of a tensor lie, and which slope a channelwise function takes for which element.
#pragma once

#include "npy.hpp"
#include "options.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <string>

/// Which axes of a tensor hold its channels. No axis: the whole tensor is one channel.
struct channels {
    simdact::channel_shape shape;
    std::string axis;
};

/// The axes from `first` up to `last`, which it includes, are the channels.
inline channels channels_at(const npy::shape& x, std::size_t first, std::size_t last) {
    const auto product = [&](std::size_t from, std::size_t to) {
        const auto at = [&](std::size_t i) { return x.begin() + static_cast<std::ptrdiff_t>(i); };
        return std::accumulate(at(from), at(to), std::size_t{1}, std::multiplies<>());
    };
    const std::string name = std::to_string(first) + (first == last ? "" : " to " + std::to_string(last));
    return {{.outer = product(0, first), .channels = product(first, last + 1), .inner = product(last + 1, x.size())},
            (first == last ? "axis " : "axes ") + name};
}

inline channels one_channel(std::size_t elements) { return {{.outer = 1, .channels = 1, .inner = elements}, ""}; }

/// The layout of x by --layout nchw or nhwc.
inline channels layout_of(const npy::shape& x, std::size_t elements, const std::string& layout) {
    const std::size_t axis = layout == "nhwc" ? x.size() - 1 : 1;
    return axis < x.size() ? channels_at(x, axis, axis) : one_channel(elements);
}

/// The channels of x for which NumPy's broadcasting gives each its own slope. The axes that w runs along must be
/// neighbours in x: channel_shape has no room for others.
inline channels broadcast(const npy::shape& w, const npy::shape& x, std::size_t elements, const options& o) {
    const std::string both = *o.slopes + " has shape " + npy::to_string(w) + ", " + o.in + " " + npy::to_string(x);
    npy::shape aligned(x.size(), 1);
    for (std::size_t i = 0; i < w.size(); ++i) {
        const std::size_t from_end = w.size() - i;
        if (from_end <= x.size())
            aligned[x.size() - from_end] = w[i];
        if (w[i] != 1 && (from_end > x.size() || w[i] != x[x.size() - from_end]))
            reject(both +
                   ", expected each axis of the slopes, counted from the last, to be 1 or as long as that of the "
                   "tensor");
    }
    std::size_t first = x.size(), last = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (aligned[i] != 1) {
            first = std::min(first, i);
            last = i;
        }
    for (std::size_t i = first; i < last; ++i)
        if (aligned[i] != x[i])
            reject(both + ", expected slopes along neighbouring axes only: axis " + std::to_string(i) +
                   " lies between");
    return first == x.size() ? one_channel(elements) : channels_at(x, first, last);
}

/// The channels by which a channelwise function takes its slopes from w.
inline channels slope_channels(const npy::shape& w, std::size_t slopes, const npy::shape& x, std::size_t elements,
                               const options& o) {
    if (slopes == 1)
        return one_channel(elements);
    if (o.layout == "broadcast")
        return broadcast(w, x, elements, o);
    const channels c = layout_of(x, elements, o.layout);
    if (slopes != c.shape.channels)
        reject(*o.slopes + " has " + std::to_string(slopes) + " slopes, but " + o.in + " has shape " +
               npy::to_string(x) + ", expected " +
               (c.axis.empty() ? "1 slope: no axis is the channel"
                               : "1 slope or " + std::to_string(c.shape.channels) + ", for " + c.axis) +
               " (--layout " + o.layout + ")");
    return c;
}
