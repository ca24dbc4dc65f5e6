/interface bridge
add comment="LAN kantor" name=bridge-lan
/interface ethernet
set [ find default-name=ether1 ] comment="ke core1:ether5"
/interface list
add name=WAN
add name=LAN
/ip pool
add name=lan ranges=10.20.0.100-10.20.0.249
/ip dhcp-server
add address-pool=lan interface=bridge-lan lease-time=1h name=lan
/queue simple
add max-limit=20M/20M name=dinkes target=bridge-lan
/interface bridge port
add bridge=bridge-lan interface=ether2
add bridge=bridge-lan interface=ether3
/interface list member
add interface=ether1 list=WAN
add interface=bridge-lan list=LAN
/ip address
add address=10.254.0.6/30 comment="ke core1" interface=ether1 network=10.254.0.4
add address=10.20.0.1/24 interface=bridge-lan network=10.20.0.0
add address=10.99.0.21/24 comment=pengelolaan interface=ether5 network=10.99.0.0
/ip dhcp-server network
add address=10.20.0.0/24 dns-server=10.20.0.1 domain=lab.go.id gateway=10.20.0.1
/ip dns
set allow-remote-requests=yes servers=10.255.0.1
/ip firewall address-list
add address=10.99.0.0/24 list=pengelola
/ip firewall filter
add action=accept chain=input comment="sambungan yang sudah ada" connection-state=established,related
add action=drop chain=input comment="paket rusak" connection-state=invalid
add action=accept chain=input comment="petugas jaringan" dst-port=22 protocol=tcp src-address-list=pengelola
add action=accept chain=input comment=ping protocol=icmp
add action=accept chain=input comment="DNS kantor" dst-port=53 in-interface-list=LAN protocol=udp
add action=drop chain=input comment="sisanya ditolak"
/ip route
add dst-address=0.0.0.0/0 gateway=10.254.0.5
/ip service
set ftp disabled=yes
set telnet disabled=yes
set www disabled=yes
set api disabled=yes
set api-ssl disabled=yes
/snmp
set contact="Dinas Kominfo" enabled=yes location="Dinas Kesehatan"
/system clock
set time-zone-name=Asia/Jakarta
/system identity
set name=rt-dinkes
/system ntp client
set enabled=yes
/system ntp client servers
add address=198.51.100.123
