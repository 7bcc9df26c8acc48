package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ListTransactionsRequest;
import io.strikemq.adapter.kafka.message.ListTransactionsResponse;
import io.strikemq.adapter.kafka.message.ListTransactionsResponse.TransactionState;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.transaction.TransactionFilter;
import io.strikemq.domain.transaction.TransactionListing;
import java.util.Set;

/**
 * ListTransactions, versions 0 to 2 (KIP-664). Version 1 filters by duration (KIP-994), 2 by a pattern of the id (KIP-1152),
 * which is matched as Java matches, but for so many steps only.
 */
public final class ListTransactionsApi extends Api<ListTransactionsRequest> {
    private final InspectTransactions transactions;

    public ListTransactionsApi(InspectTransactions transactions) {
        super(ApiKey.LIST_TRANSACTIONS, ListTransactionsRequest::read);
        this.transactions = transactions;
    }

    /** A pattern that a client has thought up may take its time, for every id that there is. */
    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<ListTransactionsRequest> call) {
        ListTransactionsRequest request = call.request();
        TransactionListing listing = transactions.list(
                call.context(),
                new TransactionFilter(
                        Set.copyOf(request.stateFilters()),
                        Set.copyOf(request.producerIdFilters()),
                        request.durationFilter(),
                        request.transactionalIdPattern()));
        call.reply(ListTransactionsResponse.builder()
                .unknownStateFilters(listing.unknownStates())
                .transactionStates(each(
                        listing.transactions(),
                        each -> TransactionState.builder()
                                .transactionalId(each.transactionalId())
                                .producerId(each.producer().id())
                                .transactionState(each.state().kafkaName())
                                .build()))
                .build());
    }

    @Override
    public ListTransactionsResponse refusal(
            ListTransactionsRequest request, short version, ErrorCode error, String message) {
        return ListTransactionsResponse.builder().errorCode(error.code()).build();
    }
}
