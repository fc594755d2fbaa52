#include "gateway/journal/seal.hpp"

#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;
using sluice::crypto::sha256;
using sluice::crypto::to_hex;

namespace {

// RFC 9162 section 2.1.1, word for word.
Digest reference(const std::vector<std::string>& leaves, std::size_t from, std::size_t to) {
    if (from == to) {
        return sha256({});
    }
    std::vector<std::byte> data;
    if (to - from == 1) {
        data.push_back(std::byte{0});
        const auto leaf = bytes(leaves[from]);
        data.insert(data.end(), leaf.begin(), leaf.end());
        return sha256(data);
    }
    std::size_t k = 1;
    while (k * 2 < to - from) {
        k *= 2;
    }
    const Digest left = reference(leaves, from, from + k);
    const Digest right = reference(leaves, from + k, to);
    data.push_back(std::byte{1});
    data.insert(data.end(), left.begin(), left.end());
    data.insert(data.end(), right.begin(), right.end());
    return sha256(data);
}

}  // namespace

TEST_CASE("the Merkle root is that of RFC 9162 for every number of leaves") {
    std::vector<std::string> leaves;
    MerkleTree tree;
    for (std::size_t n = 0; n < 40; ++n) {
        REQUIRE(tree.count() == n);
        REQUIRE(to_hex(tree.root()) == to_hex(reference(leaves, 0, n)));
        leaves.push_back("leaf " + std::to_string(n));
        tree.add_leaf(bytes(leaves.back()));
    }
}

TEST_CASE("the Merkle root of the Certificate Transparency test leaves is the published one") {
    MerkleTree tree;
    tree.add_leaf({});
    const std::byte zero{0};
    tree.add_leaf({&zero, 1});
    CHECK(to_hex(tree.root()) ==
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

TEST_CASE("seals chain, cover every record once, and leave out what is covered") {
    Sealer sealer;
    sealer.start(10, {});
    sealer.add(9, bytes("old"), true);
    CHECK_FALSE(sealer.has_work());
    sealer.add(11, bytes("a"), true);
    sealer.add(12, bytes("fill"), false);
    const Seal first = sealer.seal();
    CHECK(first.first == 11);
    CHECK(first.last == 12);
    CHECK(first.count == 2);
    CHECK_FALSE(sealer.has_work());
    sealer.add(13, bytes("b"), true);
    const Seal second = sealer.seal();
    CHECK(second.first == 13);
    CHECK(second.prev_seal_hash == seal_hash(first));
}
