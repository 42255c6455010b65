import type { ScanCounts } from '../query/source';

const caches = [
  'chunk',
  'index',
  'result',
  'statsResult',
  'volumeResult',
  'seriesResult',
  'labelResult',
  'instantMetricResult',
];

const cache = {
  entriesFound: 0,
  entriesRequested: 0,
  entriesStored: 0,
  bytesReceived: 0,
  bytesSent: 0,
  requests: 0,
  downloadTime: 0,
  queryLengthServed: 0,
};

const dataobj = {
  prePredicateDecompressedRows: 0,
  prePredicateDecompressedBytes: 0,
  prePredicateDecompressedStructuredMetadataBytes: 0,
  postPredicateRows: 0,
  postPredicateDecompressedBytes: 0,
  postPredicateStructuredMetadataBytes: 0,
  postFilterRows: 0,
  pagesScanned: 0,
  pagesDownloaded: 0,
  pagesDownloadedBytes: 0,
  pageBatches: 0,
  totalRowsAvailable: 0,
  totalPageDownloadTime: 0,
};

function store(counts: ScanCounts) {
  return {
    totalChunksRef: 0,
    totalChunksDownloaded: 0,
    chunksDownloadTime: 0,
    queryReferencedStructuredMetadata: false,
    queryUsedV2Engine: false,
    chunk: {
      headChunkBytes: counts.bytes,
      headChunkLines: counts.lines,
      decompressedBytes: 0,
      decompressedLines: 0,
      compressedBytes: 0,
      totalDuplicates: 0,
      postFilterLines: counts.matched,
      headChunkStructuredMetadataBytes: 0,
      decompressedStructuredMetadataBytes: 0,
    },
    chunkRefsFetchTime: 0,
    congestionControlLatency: 0,
    pipelineWrapperFilteredLines: 0,
    dataobj,
  };
}

/**
 * The `stats` of an answer, in the shape of Loki 3.7. What a store without chunks and caches does
 * not have is 0.
 *
 * @param returned - entries or series in the answer
 * @param seconds - how long the query took
 */
export function statistics(counts: ScanCounts, returned: number, seconds: number) {
  const perSecond = (value: number) => (seconds > 0 ? Math.round(value / seconds) : 0);
  return {
    summary: {
      bytesProcessedPerSecond: perSecond(counts.bytes),
      linesProcessedPerSecond: perSecond(counts.lines),
      totalBytesProcessed: counts.bytes,
      totalLinesProcessed: counts.lines,
      execTime: seconds,
      queueTime: 0,
      subqueries: 0,
      totalEntriesReturned: returned,
      splits: 1,
      shards: 1,
      totalPostFilterLines: counts.matched,
      totalStructuredMetadataBytesProcessed: 0,
    },
    querier: { store: store({ lines: 0, bytes: 0, matched: 0 }), querierExecTime: seconds },
    ingester: {
      totalReached: 1,
      totalChunksMatched: 0,
      totalBatches: 1,
      totalLinesSent: counts.matched,
      store: store(counts),
      recvWaitTime: 0,
    },
    cache: Object.fromEntries(caches.map(name => [name, cache])),
    index: {
      totalChunks: 0,
      postFilterChunks: 0,
      shardsDuration: 0,
      usedBloomFilters: false,
      totalStreams: 0,
      chunkRefsLookupTime: 0,
      bloomFilterTime: 0,
    },
  };
}
