#include "gateway/risk/own_prices.hpp"

namespace sluice {

void BlockPool::size_for(std::size_t blocks) {
    blocks_ = std::vector<Block>(blocks);
    free_.clear();
    free_.reserve(blocks);
    for (Block& block : blocks_) {
        free_.push_back(&block);
    }
}

void* BlockPool::do_allocate(std::size_t bytes, std::size_t alignment) {
    GW_CHECK(bytes <= kBlock && alignment <= alignof(Block) && !free_.empty());
    Block* const block = free_.back();
    free_.pop_back();
    return block;
}

void BlockPool::do_deallocate(void* block, std::size_t, std::size_t) {
    free_.push_back(static_cast<Block*>(block));
}

void OwnPrices::size_for(std::size_t orders, std::size_t books) {
    books_.clear();
    pool_.size_for(orders);
    books_max_ = books;
    books_.reserve(books);
    index_.size_for(books);
}

std::uint32_t OwnPrices::slot(std::uint32_t group, InstrumentId instrument) const {
    return index_.find(hash(group, instrument), [&](std::uint32_t at) {
        return books_[at].group == group && books_[at].instrument == instrument;
    });
}

const OwnPrices::Book* OwnPrices::find(std::uint32_t group, InstrumentId instrument) const {
    const std::uint32_t at = slot(group, instrument);
    return at == kNoIndex ? nullptr : &books_[at];
}

bool OwnPrices::can_add(std::uint32_t group, InstrumentId instrument) const {
    return books_.size() < books_max_ || slot(group, instrument) != kNoIndex;
}

void OwnPrices::add(std::uint32_t group, InstrumentId instrument, bool buy, const OwnPrice& price) {
    std::uint32_t at = slot(group, instrument);
    if (at == kNoIndex) {
        GW_CHECK(books_.size() < books_max_);
        at = static_cast<std::uint32_t>(books_.size());
        books_.emplace_back(group, instrument, &pool_);
        index_.insert(hash(group, instrument), at);
    }
    (buy ? books_[at].buys : books_[at].sells).insert(price);
}

void OwnPrices::remove(std::uint32_t group,
                       InstrumentId instrument,
                       bool buy,
                       const OwnPrice& price) {
    const std::uint32_t at = slot(group, instrument);
    GW_CHECK(at != kNoIndex);
    GW_CHECK((buy ? books_[at].buys : books_[at].sells).erase(price) == 1);
}

}  // namespace sluice
