#include "gateway/journal/seal.hpp"

#include "gateway/domain/check.hpp"

namespace sluice::journal {
namespace {
constexpr std::byte kLeaf{0};
constexpr std::byte kNode{1};
std::span<const std::byte> one(const std::byte& b) {
    return {&b, 1};
}
}  // namespace

Digest seal_hash(const Seal& seal) {
    return crypto::sha256(std::as_bytes(std::span<const Seal, 1>(&seal, 1)));
}

Digest MerkleTree::node(const Digest& left, const Digest& right) {
    return sha_.update(one(kNode)).update(left).update(right).finish();
}

Digest MerkleTree::hash_leaf(std::span<const std::byte> bytes) {
    return sha_.update(one(kLeaf)).update(bytes).finish();
}

void MerkleTree::add_leaf(std::span<const std::byte> bytes) {
    add_hash(hash_leaf(bytes));
}

// Like a binary counter: leaf number 2^k closes k full subtrees.
void MerkleTree::add_hash(Digest hash) {
    for (std::uint64_t full = count_; (full & 1U) != 0; full >>= 1U) {
        hash = node(stack_.back(), hash);
        stack_.pop_back();
    }
    stack_.push_back(hash);
    ++count_;
}

Digest MerkleTree::root() {
    if (stack_.empty()) {
        return sha_.finish();  // the hash of nothing, as RFC 9162 has it
    }
    Digest hash = stack_.back();
    for (std::size_t i = stack_.size() - 1; i-- > 0;) {
        hash = node(stack_[i], hash);
    }
    return hash;
}

void MerkleTree::clear() {
    stack_.clear();
    count_ = 0;
}

void Sealer::start(std::uint64_t sealed_through, const Digest& prev) {
    tree_.clear();
    prev_ = prev;
    through_ = sealed_through;
    last_ = sealed_through;
    worth_ = 0;
}

void Sealer::add(std::uint64_t seq, std::span<const std::byte> frame, bool worth_sealing) {
    if (seq <= last_) {
        return;
    }
    GW_CHECK(seq == last_ + 1);
    tree_.add_leaf(frame);
    last_ = seq;
    worth_ += worth_sealing ? 1 : 0;
}

Seal Sealer::seal() {
    const Seal seal{.first = through_ + 1,
                    .last = last_,
                    .count = tree_.count(),
                    .merkle_root = tree_.root(),
                    .prev_seal_hash = prev_};
    start(last_, seal_hash(seal));
    return seal;
}

}  // namespace sluice::journal
