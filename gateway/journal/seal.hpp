// Seals: a Merkle tree (RFC 9162) over the frames of a range of sequence numbers, each seal naming
// the hash of the one before it. Who changes, removes or adds a frame in a sealed range must change
// every later seal; who keeps a copy of a seal elsewhere can prove that. Seals are not signed in
// format version 1.
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "gateway/crypto/sha256.hpp"

namespace sluice::journal {

using crypto::Digest;

// Payload of SEGMENT_SEAL.
struct Seal {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t count = 0;
    Digest merkle_root{};
    Digest prev_seal_hash{};  // zero in the first seal
};
static_assert(sizeof(Seal) == 88 && std::has_unique_object_representations_v<Seal>);

Digest seal_hash(const Seal& seal);

// Leaves one after the other; keeps one hash per level.
class MerkleTree {
public:
    MerkleTree() { stack_.reserve(64); }
    void add_leaf(std::span<const std::byte> bytes);
    void add_hash(Digest leaf);                          // of a leaf that was hashed before
    Digest hash_leaf(std::span<const std::byte> bytes);  // SHA-256(0x00 || bytes)
    std::uint64_t count() const { return count_; }
    Digest root();  // of what was added so far; the tree stays as it is
    void clear();

private:
    Digest node(const Digest& left, const Digest& right);  // SHA-256(0x01 || left || right)
    crypto::Sha256 sha_;
    std::vector<Digest> stack_;  // roots of full subtrees, the largest first
    std::uint64_t count_ = 0;
};

// The range that no seal covers yet, and the seal before it.
class Sealer {
public:
    // After the seal that covers up to `sealed_through`, whose hash is `prev` (zero: none).
    void start(std::uint64_t sealed_through, const Digest& prev);
    // Frames in order of their numbers; those already covered are passed over.
    void add(std::uint64_t seq, std::span<const std::byte> frame, bool worth_sealing);
    bool has_work() const { return worth_ > 0; }  // more than fill and seals came since the last
    Seal seal();                                  // of all since the last; has_work() or not
    std::uint64_t sealed_through() const { return through_; }
    std::uint64_t last() const { return last_; }

private:
    MerkleTree tree_;
    Digest prev_{};
    std::uint64_t through_ = 0;
    std::uint64_t last_ = 0;
    std::uint64_t worth_ = 0;
};

}  // namespace sluice::journal
