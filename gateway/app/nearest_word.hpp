// The known word that a mistyped one most likely meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::app {

// Letters to insert, delete, replace or swap with their neighbour to make one text the other.
std::size_t edit_distance(std::string_view a, std::string_view b);
// Empty when no candidate is near: more than a third of the word would have to change.
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);
// " Did you mean 'status'?", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sluice::app
