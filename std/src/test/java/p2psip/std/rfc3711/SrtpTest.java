package p2psip.std.rfc3711;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static p2psip.std.rfc3711.Packets.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class SrtpTest {
    private final SrtpSender sender = new SrtpSender(POLICY, KEY);
    private final SrtpReceiver receiver = new SrtpReceiver(POLICY, KEY);

    private Verdict arrives(Bytes datagram) { return receiver.unprotectRtp(buffer(datagram)); }

    private Verdict arrivesRtcp(Bytes datagram) {
        return receiver.unprotectRtcp(buffer(datagram));
    }

    /// The example of the package's door.
    //= rfc3711#3.3-1 the sender's steps construct an SRTP packet
    //= rfc3711#3.3-2 the receiver's authenticate and decrypt it
    @Test void what_is_protected_is_readable_for_whoever_has_the_key_and_nobody_else() {
        var packet = rtp(7);
        var plain = bytes(packet);
        assertThat(sender.protectRtp(packet)).isEqualTo(Verdict.DONE);
        assertThat(packet.remaining()).isEqualTo(plain.size() + sender.growth(false))
                .isEqualTo(plain.size() + 10);
        assertThat(bytes(packet).slice(0, 12)).isEqualTo(plain.slice(0, 12));
        assertThat(bytes(packet).slice(12, 32)).isNotEqualTo(plain.slice(12, 32));
        assertThat(receiver.unprotectRtp(packet)).isEqualTo(Verdict.DONE);
        assertThat(bytes(packet)).isEqualTo(plain);
        assertThat(new SrtpReceiver(POLICY, OTHER).unprotectRtp(
                buffer(sealed(new SrtpSender(POLICY, KEY), rtp(7)))))
                .isEqualTo(Verdict.AUTHENTICATION_FAILURE);
    }

    //= rfc3711#5.1-4 the NULL cipher, mandatory like the others
    //= rfc3711#4.1.3-1 simply copies the plaintext
    @Test void every_suite_carries_rtp_and_rtcp() {
        for (var suite : HmacSuite.values()) {
            var policy = SrtpPolicy.of(suite);
            var key = suite.randomKey(new SplittableRandom(1));
            var one = new SrtpSender(policy, key);
            var other = new SrtpReceiver(policy, key);
            int tag = suite.name().endsWith("32") ? 4 : 10;
            var rtp = rtp(5);
            var plain = bytes(rtp);
            var sealed = sealed(one, rtp);
            assertThat(sealed.size()).as(suite.name()).isEqualTo(plain.size() + tag);
            assertThat(sealed.slice(0, plain.size()).equals(plain)).as(suite.name())
                    .isEqualTo(suite.name().startsWith("NULL"));
            assertThat(other.unprotectRtp(rtp)).isEqualTo(Verdict.DONE);
            assertThat(bytes(rtp)).isEqualTo(plain);
            var rtcp = rtcp(SSRC, 8);
            var report = bytes(rtcp);
            assertThat(sealedRtcp(one, rtcp).size()).isEqualTo(report.size() + 14);
            assertThat(other.unprotectRtcp(rtcp)).isEqualTo(Verdict.DONE);
            assertThat(bytes(rtcp)).isEqualTo(report);
        }
    }

    //= rfc3711#3.1-9 encryption before authentication: the tag is that of the ciphertext
    @Test void with_nothing_enciphered_the_tag_is_still_there() {
        var clear = new SrtpSender(POLICY.withEncryption(false, false), KEY);
        var rtp = rtp(5);
        var plain = bytes(rtp);
        assertThat(sealed(clear, rtp).slice(0, plain.size())).isEqualTo(plain);
        assertThat(new SrtpReceiver(POLICY.withEncryption(false, false), KEY).unprotectRtp(rtp))
                .isEqualTo(Verdict.DONE);
        assertThat(bytes(rtp)).isEqualTo(plain);
        assertThat(bytes(rtp).slice(12, 32)).isNotEqualTo(sealed(sender, rtp(5)).slice(12, 32));
    }

    @Test void contributors_and_an_extension_stay_readable() {
        var packet = ByteBuffer.allocate(100).putShort((short) 0x9200).putShort((short) 1)
                .putInt(0).putInt(SSRC).putInt(1).putInt(2).putInt(0xbede_0001).putInt(0x1234_5678)
                .putInt(0).flip();
        var plain = bytes(packet);
        var sealed = sealed(sender, packet);
        assertThat(sealed.slice(0, 28)).isEqualTo(plain.slice(0, 28));
        assertThat(sealed.slice(28, 32)).isNotEqualTo(plain.slice(28, 32));
        assertThat(receiver.unprotectRtp(packet)).isEqualTo(Verdict.DONE);
        assertThat(bytes(packet)).isEqualTo(plain);
    }

    //= rfc3711#3.4-1 index, flag and tag appended to the RTCP packet
    //= rfc3711#3.4-5 the index is zero first, and is incremented modulo 2^31
    @Test void rtcp_has_its_index_behind_it() {
        //= rfc3711#3.4-11 two measures are taken
        //= rfc3711#3.4-4 nor is there an encryption prefix: what is behind the header is enciphered
        //= rfc3711#3.4-12,13 avg_rtcp_size is told the size of the fields added by SRTCP
        assertThat(sender.growth(true)).isEqualTo(14);

        for (int i = 0; i < 3; i++) {
            var rtcp = rtcp(SSRC, 8);
            var plain = bytes(rtcp);
            var sealed = sealedRtcp(sender, rtcp);
            assertThat(sealed.size()).isEqualTo(plain.size() + sender.growth(true));
            var word = sealed.slice(plain.size(), plain.size() + 4);
            assertThat(word).isEqualTo(Bytes.hex("8000000" + i));
            assertThat(sealed.slice(0, 8)).isEqualTo(plain.slice(0, 8));
            assertThat(sealed.slice(8, 12)).isNotEqualTo(plain.slice(8, 12));
            assertThat(sealed.slice(12, 20)).isNotEqualTo(plain.slice(12, 20));
            assertThat(arrivesRtcp(sealed)).isEqualTo(Verdict.DONE);
        }
        assertThat(SrtpStream.after(0x7fff_ffff)).isZero();
    }

    //= rfc3711#3.4-7 the NULL algorithm for RTCP packets that are not encrypted
    @Test void the_flag_says_whether_rtcp_is_enciphered() {
        //= rfc4568#6.3.2-1 the E bit is clear in all messages, if nothing is encrypted
        //= rfc4568#6.3.2-2 it is set in all messages by default
        //= rfc4568#6-2 no E-bit overrides it
        var clear = new SrtpSender(POLICY.withEncryption(true, false), KEY);
        for (int i = 0; i < 3; i++) {
            var rtcp = rtcp(SSRC, 8);
            var plain = bytes(rtcp);
            var sealed = sealedRtcp(clear, rtcp);
            assertThat(sealed.slice(0, plain.size())).isEqualTo(plain);
            assertThat(sealed.at(plain.size())).isEqualTo((byte) 0);
            assertThat(receiver.unprotectRtcp(rtcp)).isEqualTo(Verdict.DONE);
            assertThat(bytes(rtcp)).isEqualTo(plain);
            var enciphered = sealedRtcp(sender, rtcp(SSRC, 8));
            assertThat(enciphered.at(plain.size())).isEqualTo((byte) 0x80);
            assertThat(enciphered.slice(8, 20)).isNotEqualTo(plain.slice(8, 20));
        }
    }

    //= rfc3711#3.2.1-8 session keys are not shared between SRTP and SRTCP
    //= rfc3711#4.3.1-9 so labels are unique for each type of key
    //= rfc3711#4.3.2-2 SRTCP has labels of its own
    @Test void all_six_keys_of_a_session_differ() {
        var derivation = new KeyDerivation(KEY);
        var keys = new HashSet<Bytes>();
        for (boolean rtcp : List.of(false, true)) {
            keys.add(Bytes.wrap(derivation.encryption(0, rtcp, 14)));
            keys.add(Bytes.wrap(derivation.authentication(0, rtcp, 14)));
            keys.add(Bytes.wrap(derivation.salt(0, rtcp, 14)));
        }
        assertThat(keys).hasSize(6);
    }

    //= rfc3711#3.3-3 a packet judged to be replayed is discarded
    //= rfc3711#3.3.2-1 replay protection, for RTP and RTCP
    //= rfc3711#3.3.2-3 only what was not already received is accepted
    @Test void what_was_there_before_is_refused() {
        //= rfc3711#3.3.2-4 the replay list is updated with each index
        var first = sealed(sender, rtp(1));
        var report = sealedRtcp(sender, rtcp(SSRC, 8));
        assertThat(arrives(first)).isEqualTo(Verdict.DONE);
        assertThat(arrives(first)).isEqualTo(Verdict.REPLAYED);
        assertThat(arrivesRtcp(report)).isEqualTo(Verdict.DONE);
        assertThat(arrivesRtcp(report)).isEqualTo(Verdict.REPLAYED);
    }

    //= rfc3711#3.3.2-2 indices behind by less than the window, which is at least 64
    @Test void what_comes_late_is_taken_as_long_as_the_window_reaches() {
        assertThat(SrtpReceiver.WINDOW).isGreaterThanOrEqualTo(64);
        var all = new ArrayList<Bytes>();
        for (int i = 0; i <= SrtpReceiver.WINDOW; i++) all.add(sealed(sender, rtp(i)));
        assertThat(arrives(all.getLast())).isEqualTo(Verdict.DONE);
        assertThat(arrives(all.get(1))).isEqualTo(Verdict.DONE);
        assertThat(arrives(all.get(1))).isEqualTo(Verdict.REPLAYED);
        assertThat(arrives(all.get(0))).isEqualTo(Verdict.REPLAYED);
    }

    //= rfc3711#4.2-3 AUTHENTICATION FAILURE is returned if the tags are not equal
    //= rfc3711#3.3-4 and the packet is discarded
    //= rfc3711#3.4-10 message authentication for RTCP too
    @Test void a_single_bit_is_enough_to_be_refused() {
        arrives(sealed(sender, rtp(1)));
        arrivesRtcp(sealedRtcp(sender, rtcp(SSRC, 8)));
        var sealed = sealed(sender, rtp(2));
        var report = sealedRtcp(sender, rtcp(SSRC, 8));
        for (int bit = 0; bit < 8 * sealed.size(); bit++) refused(sealed, bit, false);
        for (int bit = 0; bit < 8 * report.size(); bit++) refused(report, bit, true);
        // forged packets have changed nothing: what is genuine is still taken
        assertThat(arrives(sealed)).isEqualTo(Verdict.DONE);
        assertThat(arrivesRtcp(report)).isEqualTo(Verdict.DONE);
        assertThat(receiver.streams()).isEqualTo(1);
    }

    private void refused(Bytes datagram, int bit, boolean rtcp) {
        var bytes = datagram.toArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        var packet = buffer(Bytes.copyOf(bytes));
        assertThat(rtcp ? receiver.unprotectRtcp(packet) : receiver.unprotectRtp(packet))
                .as("bit " + bit).isNotEqualTo(Verdict.DONE);
        assertThat(bytes(packet)).as("bit " + bit).isEqualTo(Bytes.wrap(bytes));
    }

    @Test void what_is_cut_short_is_refused_wherever_it_is_cut() {
        var sealed = sealed(sender, rtp(1));
        var report = sealedRtcp(sender, rtcp(SSRC, 8));
        for (int size = 0; size < sealed.size(); size++)
            assertThat(arrives(sealed.slice(0, size))).as(size + " bytes").isIn(
                    Verdict.MALFORMED, Verdict.AUTHENTICATION_FAILURE);
        for (int size = 0; size < report.size(); size++)
            assertThat(arrivesRtcp(report.slice(0, size))).as(size + " bytes").isIn(
                    Verdict.MALFORMED, Verdict.AUTHENTICATION_FAILURE);
        assertThat(receiver.streams()).isZero();
    }

    @Test void what_cannot_be_protected_is_said_and_left_alone() {
        assertThat(sender.protectRtp(ByteBuffer.allocate(50).limit(11)))
                .isEqualTo(Verdict.MALFORMED);
        assertThat(sender.protectRtcp(ByteBuffer.allocate(50).limit(7)))
                .isEqualTo(Verdict.MALFORMED);
        var version1 = rtp(1);
        version1.put(0, (byte) 0x40);
        assertThat(sender.protectRtp(version1)).isEqualTo(Verdict.MALFORMED);
        var lying = rtp(1);
        lying.put(0, (byte) 0x8f);
        assertThat(sender.protectRtp(lying)).isEqualTo(Verdict.MALFORMED);
        var narrow = ByteBuffer.allocate(41).put(bytes(rtp(1)).buffer()).flip();
        var before = bytes(narrow);
        assertThat(sender.protectRtp(narrow)).isEqualTo(Verdict.NO_ROOM);
        assertThat(bytes(narrow)).isEqualTo(before);
        //= rfc7714#10-1,4,5 so plaintext and ciphertext stay below the maximum of each invocation
        //= rfc7714#13.1-5 and the block counter below 2^32 - 1
        //= rfc3711#4.1.1-5 no packet has so many blocks that the counter would be over
        var longest = rtp(SSRC, 1, 65_535 - 12 - 10);
        assertThat(sender.protectRtp(longest)).isEqualTo(Verdict.DONE);
        assertThat(sender.protectRtp(rtp(SSRC, 2, 65_535 - 12 - 9))).isEqualTo(Verdict.MALFORMED);
        assertThat(receiver.unprotectRtp(longest)).isEqualTo(Verdict.DONE);
        assertThat(bytes(longest)).isEqualTo(bytes(rtp(SSRC, 1, 65_535 - 12 - 10)));
    }

    @Test void what_is_no_packet_is_said_to_be_none_though_nothing_is_behind_it() {
        var bare = bytes(rtp(SSRC, 1, 0)).toArray();
        bare[0] |= 0x10;
        assertThat(sender.protectRtp(ByteBuffer.wrap(bare))).isEqualTo(Verdict.MALFORMED);
        assertThat(receiver.unprotectRtp(ByteBuffer.wrap(bare))).isEqualTo(Verdict.MALFORMED);
        assertThat(receiver.unprotectRtp(rtp(SSRC, 1, 70_000))).isEqualTo(Verdict.MALFORMED);
        assertThat(receiver.unprotectRtcp(ByteBuffer.wrap(bytes(rtcp(SSRC, 0)).toArray(), 0, 8)))
                .isEqualTo(Verdict.MALFORMED);
    }

    @Test void behind_the_last_index_counting_begins_again() {
        for (int bits : List.of(31, 48)) {
            long last = (1L << bits) - 1;
            var window = new ReplayWindow(bits);
            window.begin(last);
            window.take(last);
            assertThat(window.fresh(0)).isTrue();
            window.take(0);
            assertThat(window.fresh(last)).isFalse();
            assertThat(window.fresh(last - 1)).isTrue();
            assertThat(window.fresh(last - ReplayWindow.SIZE)).isFalse();
            assertThat(window.fresh(0)).isFalse();
            assertThat(window.fresh(1)).isTrue();
        }
    }

    @Test void a_packet_may_begin_anywhere_in_its_array() {
        var whole = ByteBuffer.allocate(200);
        whole.position(3);
        var slice = whole.slice();
        slice.position(5).put(bytes(rtp(9)).buffer()).limit(slice.position()).position(5);
        var plain = bytes(slice);
        assertThat(sender.protectRtp(slice)).isEqualTo(Verdict.DONE);
        assertThat(slice.remaining()).isEqualTo(42);
        assertThat(receiver.unprotectRtp(slice)).isEqualTo(Verdict.DONE);
        assertThat(bytes(slice)).isEqualTo(plain);
    }

    //= rfc3711#4.1.1-6,7 no combination of index and SSRC is used twice, so each IV is distinct
    //= rfc3711#9.1-1 no keystream is used to encrypt twice
    //= rfc3711#9.1-4 of streams of one session each SSRC is unique: a second one repeats the first
    @Test void nothing_is_protected_twice() {
        //= rfc3711#9.2-6 distinct packets have distinct IVs
        //= rfc7714#8.4-2 sequence numbers are checked where they come in
        //= rfc4568#6.4-1 the keystream is not reused
        sealed(sender, rtp(5));
        //= rfc4568#6.4.2-2 by SSRCs that share a master key and are not unique
        //= rfc5764#3-5 which have to be distinct
        var again = rtp(5);
        var plain = bytes(again);
        assertThat(sender.protectRtp(again)).isEqualTo(Verdict.REPLAYED);
        assertThat(bytes(again)).isEqualTo(plain);
        assertThat(sender.protectRtp(rtp(SSRC + 1, 5, 20))).isEqualTo(Verdict.DONE);
    }

    //= rfc3711#3.3.1-8 after so many packets no more are sent with that key
    //= rfc3711#9.2-3,4 packets are counted, and with new master keys it goes on
    //= rfc3711#8.1.1-3 the maximum is not exceeded
    @Test void a_master_key_ends_after_as_many_packets_as_it_may_protect() {
        //= rfc3711#8.1-1 that is counted, and key management invoked before
        var mortal = new SrtpSender(POLICY, KEY.withLifetime(32));
        for (int i = 0; i < 31; i++) sealed(mortal, rtp(i));
        //= rfc7714#8.4-1 a re-key before the index cycles
        assertThat(mortal.rekeyDue()).isTrue();
        assertThat(mortal.left(false)).isEqualTo(1);
        sealed(mortal, rtp(31));
        var refused = rtp(32);
        assertThat(mortal.protectRtp(refused)).isEqualTo(Verdict.EXHAUSTED);
        assertThat(bytes(refused)).isEqualTo(bytes(rtp(32)));
        assertThat(mortal.protectRtcp(rtcp(SSRC, 8))).isEqualTo(Verdict.EXHAUSTED);
        mortal.rekey(OTHER.withLifetime(32));
        assertThat(mortal.rekeyDue()).isFalse();
        assertThat(mortal.protectRtp(refused)).isEqualTo(Verdict.DONE);
    }

    //= rfc3711#3.3.1-9 re-keying is triggered before
    //= rfc3711#3.4-9 the number of SRTCP packets is checked too
    //= rfc7714#13.1-7,8 processing ceases until there is a new master key
    @Test void so_it_does_for_rtcp() {
        //= rfc7714#9.4-1 before the SRTCP index cycles
        var mortal = new SrtpSender(POLICY, KEY.withLifetime(3));
        for (int i = 0; i < 3; i++) {
            assertThat(mortal.rekeyDue()).isFalse();
            sealedRtcp(mortal, rtcp(SSRC, 8));
        }
        assertThat(mortal.rekeyDue()).isTrue();
        assertThat(mortal.protectRtcp(rtcp(SSRC, 8))).isEqualTo(Verdict.EXHAUSTED);
        mortal.rekey(OTHER);
        assertThat(mortal.protectRtcp(rtcp(SSRC, 8))).isEqualTo(Verdict.DONE);
    }

    //= rfc3711#11.2-2 re-keying on all streams sharing the master key
    //= rfc3711#11.3-1 before any of the index spaces is exhausted
    //= rfc3711#9.2-5 the re-key decision comes no later than any stream's space is exhausted
    @Test void the_streams_of_a_key_are_counted_together() {
        var mortal = new SrtpSender(POLICY, KEY.withLifetime(4));
        for (int i = 0; i < 4; i++) sealed(mortal, rtp(SSRC + i, 1, 20));
        assertThat(mortal.protectRtp(rtp(SSRC + 4, 1, 20))).isEqualTo(Verdict.EXHAUSTED);
    }

    //= rfc4568#6.1-1 packets are not accepted after the master key lifetime has expired
    //= rfc5764#4.4-1 nor is inbound traffic with existing keys, when the limit is reached
    @Test void a_receiver_refuses_what_is_beyond_the_life_of_a_key() {
        var strict = new SrtpReceiver(POLICY, KEY.withLifetime(3));
        for (int i = 0; i < 3; i++) assertThat(strict.unprotectRtp(
                buffer(sealed(sender, rtp(i))))).isEqualTo(Verdict.DONE);
        assertThat(strict.unprotectRtp(buffer(sealed(sender, rtp(3)))))
                .isEqualTo(Verdict.EXHAUSTED);
    }

    @Test void lives_and_sizes_have_limits() {
        assertThatIllegalArgumentException().isThrownBy(() ->
                new MasterKey(KEY.key(), KEY.salt(), Bytes.EMPTY, (1L << 48) + 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() ->
                new MasterKey(KEY.key(), KEY.salt(), Bytes.EMPTY, 1, (1L << 31) + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEY.withLifetime(0));
        assertThatIllegalArgumentException().isThrownBy(() ->
                KEY.withMki(Bytes.wrap(new byte[129])));
        //= rfc3711#9.2-8 a key of 160 bits is not padded but refused
        assertThatIllegalArgumentException().isThrownBy(() ->
                MasterKey.of(Bytes.wrap(new byte[20]), KEY.salt()));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withKeyDerivationRate(3));
        assertThatIllegalArgumentException().isThrownBy(() ->
                POLICY.withKeyDerivationRate(1L << 25));
    }

    //= rfc3711#3.2.1-3 master keys are random and kept secret
    //= rfc3711#3.2.1-5 salts are random
    //= rfc3711#4.3.1-13 master key and master salt are random
    @Test void keys_are_random_and_no_log_shows_them() {
        //= rfc3711#9.2-1 and so the salting key
        //= rfc7714#13.1-2 the secret master key is kept secret
        var random = new SplittableRandom(3);
        var one = POLICY.suite().randomKey(random);
        var two = POLICY.suite().randomKey(random);
        assertThat(one.key()).isNotEqualTo(two.key());
        assertThat(one.salt()).isNotEqualTo(two.salt());
        assertThat(one.withMki(Bytes.hex("07")).toString()).isEqualTo("MasterKey[128 bits, 07]");
    }

    //= rfc3711#3.2.3-2 without a valid context the packet is discarded
    //= rfc5764#5.2-2 no matching MKI: rejected
    //= rfc3711#3.1-6 the MKI does not identify the context: a stream goes on under another key
    @Test void packets_name_their_key_by_its_mki() {
        var one = KEY.withMki(Bytes.hex("0001"));
        var two = OTHER.withMki(Bytes.hex("0002"));
        var naming = new SrtpSender(POLICY, one);
        var both = new SrtpReceiver(POLICY, one);
        var first = sealed(naming, rtp(1));
        assertThat(first.size()).isEqualTo(32 + 2 + 10);
        //= rfc5764#4.1.3-6 all packets contain the MKI
        //= rfc5764#4.1-3 an MKI applies to all of the SSRCs
        assertThat(sealed(naming, rtp(SSRC + 1, 1, 20)).slice(32, 34))
                .isEqualTo(Bytes.hex("0001"));
        assertThat(first.slice(32, 34)).isEqualTo(Bytes.hex("0001"));
        assertThat(both.unprotectRtp(buffer(first))).isEqualTo(Verdict.DONE);
        //= rfc5764#4.1.3-2 exactly one master key at any given time
        naming.rekey(two);
        var second = sealed(naming, rtp(2));
        assertThat(both.unprotectRtp(buffer(second))).isEqualTo(Verdict.UNKNOWN_KEY);
        both.expect(two);
        assertThat(both.unprotectRtp(buffer(second))).isEqualTo(Verdict.DONE);
        var report = sealedRtcp(naming, rtcp(SSRC, 8));
        assertThat(report.slice(report.size() - 12, report.size() - 10))
                .isEqualTo(Bytes.hex("0002"));
        assertThat(both.unprotectRtcp(buffer(report))).isEqualTo(Verdict.DONE);
        assertThat(both.streams()).isEqualTo(1);
    }

    //= rfc3711#3.2.1-2 the length of the MKI is kept fixed
    @Test void the_size_of_the_mki_does_not_change() {
        assertThatIllegalArgumentException().isThrownBy(() ->
                sender.rekey(OTHER.withMki(Bytes.hex("01"))));
        assertThatIllegalArgumentException().isThrownBy(() ->
                receiver.expect(OTHER.withMki(Bytes.hex("01"))));
        var naming = new SrtpReceiver(POLICY, KEY.withMki(Bytes.hex("01")));
        assertThatIllegalArgumentException().isThrownBy(() ->
                naming.expect(OTHER.withMki(Bytes.hex("01"))));
    }

    //= rfc3711#3.3.1-7 after re-keying the rollover counter is not reset
    //= rfc3711#3.4-6 nor the SRTCP index
    //= rfc7714#13.1-6 indices at a rekey are saved
    @Test void indices_go_on_under_another_master_key() {
        var expecting = new SrtpReceiver(POLICY, KEY);
        for (int i : List.of(65_535, 0)) assertThat(expecting.unprotectRtp(
                buffer(sealed(sender, rtp(i))))).isEqualTo(Verdict.DONE);
        sealedRtcp(sender, rtcp(SSRC, 8));
        sender.rekey(OTHER);
        expecting.expect(OTHER);
        assertThat(expecting.unprotectRtp(buffer(sealed(sender, rtp(1))))).isEqualTo(Verdict.DONE);
        // whoever begins now has another ROC
        assertThat(new SrtpReceiver(POLICY, OTHER).unprotectRtp(buffer(sealed(sender, rtp(2)))))
                .isEqualTo(Verdict.AUTHENTICATION_FAILURE);
        var told = new SrtpReceiver(POLICY, OTHER);
        told.join(SSRC & 0xffff_ffffL, 1, 2);
        assertThat(told.unprotectRtp(buffer(sealed(sender, rtp(3))))).isEqualTo(Verdict.DONE);
        var report = sealedRtcp(sender, rtcp(SSRC, 8));
        assertThat(report.slice(report.size() - 14, report.size() - 10))
                .isEqualTo(Bytes.hex("80000001"));
    }

    //= rfc5764#4.3-1 several sets of keys are stored, for packets may be reordered
    //= rfc5764#5.2-1 both sets of keys for some time
    //= rfc5764#5.2-3,4,5 each packet by the newly derived keys first, by the older if that fails
    @Test void while_keys_change_packets_under_either_are_taken() {
        var late = sealed(sender, rtp(1));
        sender.rekey(OTHER);
        var early = sealed(sender, rtp(2));
        receiver.expect(OTHER);
        assertThat(arrives(early)).isEqualTo(Verdict.DONE);
        assertThat(arrives(late)).isEqualTo(Verdict.DONE);
        var forged = early.toArray();
        forged[3] = 9;
        assertThat(arrives(Bytes.wrap(forged))).isEqualTo(Verdict.AUTHENTICATION_FAILURE);
    }

    @Test void settled_only_the_newest_key_is_left_and_never_more_than_two_are_tried() {
        var old = sealed(sender, rtp(1));
        receiver.expect(OTHER);
        receiver.settle();
        assertThat(arrives(old)).isEqualTo(Verdict.AUTHENTICATION_FAILURE);
        receiver.expect(POLICY.suite().randomKey(new SplittableRandom(5)));
        receiver.expect(KEY);
        assertThat(arrives(old)).isEqualTo(Verdict.DONE);
        // the second but last has gone
        assertThat(receiver.unprotectRtp(buffer(sealed(new SrtpSender(POLICY, OTHER), rtp(9)))))
                .isEqualTo(Verdict.AUTHENTICATION_FAILURE);
    }

    @Test void of_keys_with_names_the_oldest_goes_when_there_are_too_many() {
        var naming = new SrtpReceiver(POLICY, KEY.withMki(Bytes.hex("00")));
        for (int i = 1; i <= SrtpReceiver.MAX_NAMED_KEYS; i++)
            naming.expect(OTHER.withMki(Bytes.wrap(new byte[] {(byte) i})));
        assertThat(naming.unprotectRtp(buffer(sealed(
                new SrtpSender(POLICY, KEY.withMki(Bytes.hex("00"))), rtp(1)))))
                .isEqualTo(Verdict.UNKNOWN_KEY);
    }

    //= rfc3711#3.3.1-4 who joins an on-going session is given the current ROC
    //= rfc3711#3.3.1-3 else the ROC is zero at the setup of the session
    //= rfc4568#6.4-3 when an SSRC commences sending
    @Test void who_joins_a_session_under_way_has_to_be_told_how_far_it_is() {
        var datagrams = new ArrayList<Bytes>();
        for (int i = 65_534; i < 65_536 + 4; i++)
            datagrams.add(sealed(sender, rtp(i & 0xffff)));
        assertThat(arrives(datagrams.getLast())).isEqualTo(Verdict.AUTHENTICATION_FAILURE);
        receiver.join(SSRC & 0xffff_ffffL, 1, 2);
        assertThat(arrives(datagrams.getLast())).isEqualTo(Verdict.DONE);
        receiver.join(SSRC & 0xffff_ffffL, 7, 2);
        assertThat(receiver.streams()).isEqualTo(1);
        assertThat(arrives(datagrams.get(2))).isEqualTo(Verdict.DONE);
    }

    //= rfc3711#3.2.1-9,10 each stream has its replay list and indices
    //= rfc3711#3.2.3-1 a context for each SSRC
    //= rfc3711#8-3 distinct SSRCs identify streams
    @Test void sources_are_many_but_not_too_many() {
        //= rfc7714#8.4-5 a source that has sent is not forgotten within the life of a master key
        for (int i = 0; i < SrtpSender.MAX_STREAMS; i++)
            assertThat(arrives(sealed(sender, rtp(i, 7, 20)))).isEqualTo(Verdict.DONE);
        assertThat(receiver.streams()).isEqualTo(SrtpReceiver.MAX_STREAMS);
        var excess = rtp(99, 7, 20);
        assertThat(sender.protectRtp(excess)).isEqualTo(Verdict.CROWDED);
        assertThat(bytes(excess)).isEqualTo(bytes(rtp(99, 7, 20)));
        var datagram = sealed(new SrtpSender(POLICY, KEY), rtp(99, 7, 20));
        assertThat(arrives(datagram)).isEqualTo(Verdict.CROWDED);
        assertThat(receiver.streams()).isEqualTo(SrtpReceiver.MAX_STREAMS);
        // those that have been silent since the key was another make room
        sender.rekey(OTHER);
        receiver.expect(OTHER);
        assertThat(arrives(sealed(sender, rtp(0, 8, 20)))).isEqualTo(Verdict.DONE);
        assertThat(arrives(sealed(sender, rtp(99, 8, 20)))).isEqualTo(Verdict.CROWDED);
        receiver.settle();
        assertThat(arrives(sealed(sender, rtp(99, 9, 20)))).isEqualTo(Verdict.DONE);
        assertThat(receiver.streams()).isEqualTo(2);
        assertThat(arrives(sealed(sender, rtp(0, 10, 20)))).isEqualTo(Verdict.DONE);
    }

    //= rfc4568#6.4.1-1,2 late binding: the context is instantiated by an authentic packet only
    @Test void a_stranger_leaves_nothing() {
        var stranger = new SrtpSender(POLICY, OTHER);
        for (int i = 0; i < SrtpSender.MAX_STREAMS; i++)
            assertThat(arrives(sealed(stranger, rtp(i, 1, 20))))
                    .isEqualTo(Verdict.AUTHENTICATION_FAILURE);
        assertThat(receiver.streams()).isZero();
    }

    //= rfc4568#6.5-1 a context goes as the SSRC goes from the member table
    @Test void who_says_bye_is_forgotten() {
        var datagram = sealed(sender, rtp(1));
        arrives(datagram);
        receiver.forget(SSRC & 0xffff_ffffL);
        assertThat(receiver.streams()).isZero();
        assertThat(arrives(datagram)).isEqualTo(Verdict.DONE);
    }

    //= rfc3711#4.3.1-4 derivation before the first packet, and when index mod r is zero
    //= rfc3711#4.3.1-14 for a rate of 0 exactly once
    //= rfc3711#4.3.1-5 a rate that is kept
    @Test void keys_are_derived_anew_at_the_rate_agreed() {
        var policy = POLICY.withKeyDerivationRate(16);
        var often = new SrtpSender(policy, KEY);
        var other = new SrtpReceiver(policy, KEY);
        var once = new SrtpSender(POLICY, KEY);
        for (int i = 0; i < 100; i++) {
            var sealed = sealed(often, rtp(i));
            assertThat(sealed.equals(sealed(once, rtp(i)))).as("packet " + i).isEqualTo(i < 16);
            assertThat(other.unprotectRtp(buffer(sealed))).isEqualTo(Verdict.DONE);
            var report = sealedRtcp(often, rtcp(SSRC, 8));
            assertThat(report.equals(sealedRtcp(once, rtcp(SSRC, 8)))).isEqualTo(i < 16);
            assertThat(other.unprotectRtcp(buffer(report))).isEqualTo(Verdict.DONE);
        }
    }

    /// As the suite that everybody has, and counts how often it makes keys.
    private static final class Counting implements CryptoSuite {
        private final CryptoSuite suite = HmacSuite.AES_CM_128_HMAC_SHA1_80;
        private int made;

        @Override public String name() { return suite.name(); }

        @Override public int keySize() { return suite.keySize(); }

        @Override public int saltSize() { return suite.saltSize(); }

        @Override public int growth(boolean rtcp) { return suite.growth(rtcp); }

        @Override public boolean allowsClearRtp() { return suite.allowsClearRtp(); }

        @Override public Transform transform(
                KeyDerivation derivation, long period, boolean rtcp) {
            made++;
            return suite.transform(derivation, period, rtcp);
        }
    }

    @Test void keys_are_derived_once_for_each_period_and_forgeries_never_displace_them() {
        var counting = new Counting();
        var policy = new SrtpPolicy(counting, 16, true, true);
        var often = new SrtpSender(policy, KEY);
        var other = new SrtpReceiver(POLICY.withKeyDerivationRate(16), KEY);
        var datagrams = new ArrayList<Bytes>();
        for (int i = 0; i < 64; i++) datagrams.add(sealed(often, rtp(i)));
        assertThat(counting.made).isEqualTo(2 + 3);
        for (var datagram : datagrams)
            assertThat(other.unprotectRtp(buffer(datagram))).isEqualTo(Verdict.DONE);
        counting.made = 0;
        var attacked = new SrtpReceiver(policy, KEY);
        for (var datagram : datagrams) {
            assertThat(attacked.unprotectRtp(buffer(datagram))).isEqualTo(Verdict.DONE);
            assertThat(attacked.unprotectRtp(rtp(SSRC, 5000, 30)))
                    .isEqualTo(Verdict.AUTHENTICATION_FAILURE);
        }
        // two at first, three for the stream, and after each of these one for the forger
        assertThat(counting.made).isEqualTo(2 + 3 + 4);
    }

    @Test void what_crosses_the_moment_of_derivation_is_still_read() {
        var policy = POLICY.withKeyDerivationRate(4);
        var often = new SrtpSender(policy, KEY);
        var other = new SrtpReceiver(policy, KEY);
        var datagrams = new ArrayList<Bytes>();
        for (int i = 0; i < 12; i++) datagrams.add(sealed(often, rtp(i)));
        for (int i : List.of(0, 5, 3, 9, 1, 4, 11, 10, 2, 8))
            assertThat(other.unprotectRtp(buffer(datagrams.get(i)))).as("packet " + i)
                    .isEqualTo(Verdict.DONE);
    }

    //= rfc3711#5.2-3 for SRTCP no tag is smaller than the default
    //= rfc3711#9.5-3 nor weak
    //= rfc3711#5.1-2,3 keys of 128 bits and salts of 112
    @Test void defaults() {
        for (var suite : HmacSuite.values()) {
            assertThat(suite.growth(true)).isEqualTo(10);
            assertThat(suite.saltSize()).isEqualTo(14);
        }
        assertThat(HmacSuite.AES_CM_128_HMAC_SHA1_80.keySize()).isEqualTo(16);
        //= rfc3711#5.3-2 the default master salt has 112 bits, and the default rate is zero
        //= rfc3711#4.2-2 n_a and n_tag are fixed
        assertThat(POLICY.keyDerivationRate()).isZero();
        assertThat(POLICY.encryptRtp() && POLICY.encryptRtcp()).isTrue();
    }

    //= rfc3711#5.1-1 AES in counter mode, the default
    //= rfc3711#5.2-1 HMAC-SHA1, the default
    //= rfc3711#5.3-1 a 128-bit master key, the default
    @Test void what_everybody_has() {
        assertThat(SrtpPolicy.DEFAULT).isEqualTo(POLICY);
        //= rfc3711#4.1.2-1 f8 has the same default sizes
        assertThat(HmacSuite.F8_128_HMAC_SHA1_80.keySize()).isEqualTo(16);
        assertThat(SrtpPolicy.DEFAULT.encryptRtcp()).isTrue();
    }

    //= rfc3711#9.5-9,10,11 null authentication is not there to be used
    @Test void no_suite_is_without_authentication() {
        for (var suite : HmacSuite.values())
            assertThat(suite.growth(false)).isGreaterThanOrEqualTo(4);
    }

    //= rfc3711#4.1.2.3-1,2 the SRTCP IV of f8: flag, index, first header with its SSRC
    @Test void f8_of_rtcp_depends_on_header_index_and_flag() {
        var streams = new HashSet<Bytes>();
        for (long word : List.of(0L, 1L, 0x8000_0001L)) for (int first : List.of(0x80, 0x81)) {
            var packet = new byte[40];
            packet[0] = (byte) first;
            new F8Mode(new byte[16], new byte[14], true).apply(packet, 0, 8, 40, word);
            streams.add(Bytes.slice(packet, 8, 40));
        }
        assertThat(streams).hasSize(6);
    }
}
